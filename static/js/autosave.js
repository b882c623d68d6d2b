// Keeps what is typed into an item's form in this browser until the server has saved it, and offers it back. A copy is the
// form's fields, of one person and one address; each open page has a copy of its own. Bringing one back sends it to the
// server, which shows it in the form (rows, choices and all) and saves nothing.

import { differences } from "./kept-differences.js";

const PREFIX = "desk-copy:";
const PAUSE = 500; // milliseconds after a key
const OLDEST = 30 * 24 * 60 * 60 * 1000;
const NEVER = new Set(["csrfmiddlewaretoken", "kept_copy", "_bring_back"]);
const MACHINERY = new Set(["base_revision", "item_key", "asked", "told", "missing_seen", "_deleted_seen"]); // sent back, but no text of anybody
const SAVED = /(?:^|; )saved_copies=([0-9a-f.-]*)/;

const place = document.getElementById("kept");
const form = place?.closest("form");

/** Return the fields of the form as [name, value] pairs: as they are now, or as the server sent them. */
function fields(served = false) {
  return [...form.elements]
    .filter((one) => one.name && !one.name.includes("__prefix__") && !NEVER.has(one.name))
    .filter((one) => !["password", "file", "submit", "button", "reset", "fieldset"].includes(one.type))
    .flatMap((one) => values(one, served).map((value) => [one.name, value]));
}

function values(one, served) {
  if (one.type === "checkbox" || one.type === "radio") {
    return (served ? one.defaultChecked : one.checked) ? [one.value] : [];
  }
  if (one.options) {
    const chosen = [...one.options].filter((option) => (served ? option.defaultSelected : option.selected));
    if (!chosen.length && !one.multiple && one.options.length) return [one.options[0].value];
    return chosen.map((option) => option.value);
  }
  return [(served ? one.defaultValue : one.value).replace(/\r\n?/g, "\n")];
}

/** Return fields as one text, equal for the same content. */
function content(pairs) {
  return JSON.stringify(pairs.filter(([name]) => !MACHINERY.has(name)));
}

/** Return every copy that this browser keeps, of anybody, by the name of its place in the store. */
function copies() {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }));
}

/** Remove what was saved since, and what is too old. */
function sweep() {
  const saved = new Set((SAVED.exec(document.cookie)?.[1] ?? "").split("."));
  for (const copy of copies()) {
    if (saved.has(copy.token) || Date.now() - copy.at > OLDEST) localStorage.removeItem(copy.name);
  }
  document.cookie = "saved_copies=; path=/admin/; max-age=0; SameSite=Lax";
}

function start() {
  const token = crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, random);
  const text = "held" in place.dataset ? "live:" : ""; // the public text has a form of its own while another waits
  const mine = `${PREFIX}${place.dataset.user}:${location.pathname}:${text}`;
  const isUnsaved = "unsaved" in place.dataset; // what the server sent is typed text that it has not saved
  const served = content(fields(true));
  let leaving = false;
  let timer;
  let told = false;

  const isDirty = () => isUnsaved || content(fields()) !== served;

  function keep() {
    clearTimeout(timer);
    try {
      if (isDirty()) localStorage.setItem(mine + token, JSON.stringify({ token, at: Date.now(), fields: fields() }));
      else localStorage.removeItem(mine + token);
    } catch {
      if (!told) say("This browser has no room to keep what you type. Save often.");
      told = true;
    }
  }

  function offer() {
    const [copy] = copies()
      .filter((one) => one.name.startsWith(mine) && one.token !== token)
      .sort((one, other) => other.at - one.at);
    place.replaceChildren();
    if (!copy) return;
    if (content(copy.fields) === (isUnsaved ? content(fields()) : served)) {
      localStorage.removeItem(copy.name);
      offer();
      return;
    }
    const style = { dateStyle: "medium", timeStyle: "short", timeZone: place.dataset.zone };
    const when = new Date(copy.at).toLocaleString(document.documentElement.lang, style);
    const shown = document.createElement("div");
    shown.id = "kept-differences";
    shown.hidden = true;
    const isFormHere = fields(true).length > 0; // the page of a deleted item has no form to compare with
    const show = button("Show differences", () => {
      if (shown.hidden) shown.replaceChildren(differences(form, copy.fields, fields(true)));
      shown.hidden = !shown.hidden;
      show.setAttribute("aria-expanded", String(!shown.hidden));
    });
    show.setAttribute("aria-expanded", "false");
    show.setAttribute("aria-controls", shown.id);
    const words = say("This browser kept text that was not saved.");
    const buttons = document.createElement("p");
    buttons.append(
      button(`Bring back what you typed on ${when}`, () => bringBack(copy)),
      ...(isFormHere ? [show] : []),
      button("Discard it", () => {
        localStorage.removeItem(copy.name);
        offer();
        form.querySelector("input:not([type=hidden]), textarea")?.focus();
      }),
    );
    words.after(buttons, shown);
  }

  function bringBack(copy) {
    leaving = true;
    const back = document.createElement("form");
    back.method = "post";
    back.hidden = true;
    const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const beside = { csrfmiddlewaretoken: csrf, _bring_back: "1", kept_copy: copy.token };
    for (const [name, value] of [...copy.fields, ...Object.entries(beside)]) hide(back, name, value);
    document.body.append(back);
    back.submit();
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formMethod === "dialog") return; // Enter in a field: nothing is sent
    keep();
    leaving = true;
    form.querySelector("[name=kept_copy]")?.remove();
    hide(form, "kept_copy", token);
  });
  for (const happens of ["input", "change", "formset:added", "formset:removed"]) {
    document.addEventListener(happens, () => {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    });
  }
  addEventListener("pagehide", keep);
  addEventListener("pageshow", () => (leaving = false));
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) event.preventDefault();
  });
  addEventListener("offline", () => say("There is no network. What you type is kept in this browser: save when it is back."));
  addEventListener("online", offer);

  try {
    sweep();
    if (isUnsaved) {
      keep();
      localStorage.removeItem(mine + place.dataset.copy); // what it held is in this form
    }
    offer();
  } catch {
    say("This browser does not keep what you type. Save often.");
    told = true;
  }
}

/** Say something in the notice, in place of what it said. */
function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  place.replaceChildren(line);
  return line;
}

function button(words, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "button";
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

function hide(into, name, value) {
  const one = document.createElement("input");
  one.type = "hidden";
  one.name = name;
  one.value = value;
  into.append(one);
}

function random(digit) {
  return (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16);
}

if (form) start();
