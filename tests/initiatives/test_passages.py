"""The words that have to go are found as readers see them, whatever Markdown an editor put in them and
between them.
"""

import pytest
from django.core.exceptions import ValidationError

from initiatives.audit.passages import Removal

MARK = r"\[removed\]"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("By _Jane Roe_.", f"By _{MARK}_."),
        ("By J*an*e Roe.", f"By {MARK}."),
        ("By Jane&nbsp;Roe.", f"By {MARK}."),
        ("By Jane \\Roe.", f"By {MARK}."),
        ("By J&#97;ne Ro&#x65; &amp; Co.", f"By {MARK} &amp; Co."),
        ("By Ja\u00adne Roe, Jane\u200bRoe.", f"By {MARK}, {MARK}."),
        ("> By Jane\n> Roe.", f"> By {MARK}."),
        ("By Jane [Roe and others](/about/).", f"By [{MARK} and others](/about/)."),
        ("[By Jane](/about/) Roe.", f"[By {MARK}](/about/)."),
        ("[Jane](/one/) [Roe](/two/)", f"[{MARK}](/two/)"),
        ("[She][1]\n\n[1]: /jane-roe/", "[She][1]\n\n[1]: /removed/"),
        ("| Jane | Roe | leads |", f"| {MARK} | | leads |"),
    ],
)
def test_marks_do_not_hide_them(text, left):
    assert Removal(["Jane Roe"]).text(text, markdown=True) == left


def test_an_accent_is_one_character_or_two():
    assert (
        Removal(["Zoé"]).text("Zoe\u0301 came.")
        == Removal(["Zoe\u0301"]).text("Zoé came.")
        == "[removed] came."
    )


@pytest.mark.parametrize("text", ["Jane, Roe", "Jane Roes", "Mary-Jane said. Roe", "Janeroe"])
def test_other_words_stay(text):
    assert Removal(["Jane Roe"]).text(text, markdown=True) == text


def test_signs_alone_are_no_words():
    with pytest.raises(ValidationError, match="Signs alone"):
        Removal(["Jane Roe", "* *"])


def test_signs_among_the_words_cost_no_time():
    assert Removal(["* * * * * * Roe"]).text("* " * 5000) == "* " * 5000
