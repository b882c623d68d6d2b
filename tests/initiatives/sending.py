"""What a browser sends from an item's form, and what it is shown in return."""

import re


def money(item, *amounts, prefix="amounts"):
    """The rows of money as the browser sends them: (id, amount, purpose) or with "gone" at the end."""
    opened_with = sum(bool(pk) for pk, *_ in amounts)
    rows = {f"{prefix}-TOTAL_FORMS": len(amounts), f"{prefix}-INITIAL_FORMS": opened_with}
    for n, (pk, amount, purpose, *gone) in enumerate(amounts):
        rows |= {
            f"{prefix}-{n}-{name}": value
            for name, value in {"id": pk, "amount": amount, "purpose": purpose}.items()
        }
        rows |= {
            f"{prefix}-{n}-currency": "USD",
            f"{prefix}-{n}-qualifier": "exactly",
            f"{prefix}-{n}-sort": "grant",
        }
        rows |= {f"{prefix}-{n}-DELETE": "on"} if gone else {}
    return rows


def form(response):
    """What the browser would send back from a page that was shown again, without the buttons and the radio
    buttons.
    """
    shown = response.context["adminform"].form
    rows = [formset.formset for formset in response.context["inline_admin_formsets"]]
    sent = {one.html_name: one.value() for one in shown if one.value() is not None}
    for formset in rows:
        sent |= {one.html_name: one.value() for one in formset.management_form}
        sent |= {
            one.html_name: one.value()
            for row in formset.forms
            for one in row
            if one.value() not in (None, False)
        }
    sent["asked"] = re.findall(r'name="asked"\s+value="([^"]*)"', response.content.decode())
    return {name: value for name, value in sent.items() if value not in (None, False)} | {"_draft": "1"}


def questions(response):
    return [question.name for question in response.context["adminform"].form.pending.questions]
