// What differs between a kept copy of a form and the form as the server sent it, as a list that a person can read.

/** Return a <dl>: each field that differs, what was typed and what is saved. In: fields as [name, value] pairs. */
export function differences(form, kept, served) {
  const list = document.createElement("dl");
  const [typed, saved] = [grouped(kept), grouped(served)];
  for (const name of new Set([...typed.keys(), ...saved.keys()])) {
    if (/^(base_revision|item_key|asked|kept_copy|_.*|.*_FORMS)$/.test(name) || same(typed.get(name), saved.get(name))) continue;
    const control = form.querySelector(`[name="${CSS.escape(name)}"]`) ?? form.querySelector(`[name="${CSS.escape(pattern(name))}"]`);
    add(list, "dt", label(form, control, name));
    add(list, "dd", `You typed: ${words(form, control, typed.get(name))}`);
    add(list, "dd", `Saved: ${words(form, control, saved.get(name))}`);
  }
  if (!list.children.length) add(list, "dd", "Only the number of rows differs.");
  return list;
}

function grouped(pairs) {
  const found = new Map();
  for (const [name, value] of pairs) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

const same = (one = [], other = []) => one.filter(Boolean).join("\n") === other.filter(Boolean).join("\n");

/** Return the name that a field of a new row has in the empty row of its sort. */
const pattern = (name) => name.replace(/^(\w+)-\d+-/, "$1-__prefix__-");

function label(form, control, name) {
  const isBox = control?.type === "checkbox" && form.querySelectorAll(`[name="${CSS.escape(name)}"]`).length > 1;
  const of = isBox ? control.closest("fieldset, .form-row")?.querySelector("legend, label") : control?.labels?.[0];
  const said = (of?.textContent ?? name).replace(/[:\s]+$/, "").trim();
  const row = /^(\w+)-(\d+)-/.exec(name);
  const heading = row && document.querySelector(`#${CSS.escape(row[1])}-group h2`)?.textContent.trim();
  return heading ? `${heading}, row ${Number(row[2]) + 1}: ${said}` : said;
}

function words(form, control, values = []) {
  const said = values.map((value) => {
    if (control?.options) return [...control.options].find((option) => option.value === value)?.text ?? value;
    if (control?.type !== "checkbox") return value;
    const box = form.querySelector(`[name="${CSS.escape(control.name)}"][value="${CSS.escape(value)}"]`);
    return box?.labels?.[0]?.textContent.trim() ?? value;
  });
  return said.filter(Boolean).join(", ") || "nothing";
}

function add(list, tag, text) {
  const one = document.createElement(tag);
  one.textContent = text;
  list.append(one);
}
