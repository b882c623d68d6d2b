"""Open lists of phrases, which anybody can read and mend.

The top of urgent.yaml explains how they are written.
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

# Digits, signs and Cyrillic letters that stand for a Latin letter inside a word
STANDS_FOR = str.maketrans("0134578@$!|€аеорсхуікмтв", "oieastbasiieaeopcxyikmtb")
ENDS = re.compile(r"[.!?;:\n…]+")
SPELLED = re.compile(r"(?<!\w)(?:\w[ .*_-]){2,}\w(?!\w)")
ANY_WORD = "(?: [a-z0-9*]+)"
GAPS = {"..": 3, "...": 8}
CLOSE, LONG = 0.9, 6  # how like a hidden word of so many letters a word must be to be that word, misspelled


class OpenList:
    """A list of phrases by kind.

    What an `ordinary` phrase says is taken out of a text before it is judged.
    """

    def __init__(self, name: str) -> None:
        self.path = Path(__file__).with_name(f"{name}.yaml")

    @cached_property
    def read(self) -> dict[str, Any]:
        """The list as it is written."""
        return yaml.safe_load(self.path.read_text(encoding="utf-8"))

    @cached_property
    def hidden(self) -> list[str]:
        """The words that people hide or misspell."""
        return self.read.get("hidden", "").split()

    @cached_property
    def patterns(self) -> dict[str, list[re.Pattern[str]]]:
        """The phrases of each kind, and of what is ordinary."""
        kinds = [kind for kind in self.read if kind not in ("hidden", "lists")]
        return {kind: [self.compiled(phrase) for phrase in self.read[kind]] for kind in kinds}

    def kinds(self, text: str) -> list[str]:
        """Return the kinds of which a text has a phrase; none for most."""
        words = self.telling(text)
        return [kind for kind in self.patterns if kind != "ordinary" and self.is_in(kind, words)]

    def has(self, kind: str, text: str) -> bool:
        """Say whether a text has a phrase of a kind."""
        return self.is_in(kind, self.telling(text))

    def is_in(self, kind: str, words: str) -> bool:
        return any(pattern.search(words) for pattern in self.patterns[kind])

    def telling(self, text: str) -> str:
        """Return a text as the phrases read it, without what is ordinary talk."""
        words = self.plain(text)
        for pattern in self.patterns["ordinary"]:
            words = pattern.sub(" .", words)
        return words

    def compiled(self, phrase: str) -> re.Pattern[str]:
        """Return the pattern of a phrase."""
        return re.compile("".join(map(self.part, phrase.split())))

    def part(self, word: str) -> str:
        if word in GAPS:
            return f"{ANY_WORD}{{0,{GAPS[word]}}}"
        lists = self.read["lists"]
        filled = re.sub(
            r"\{(\w+)\}",
            lambda name: lists[name[1]].replace(" ", ""),
            word.removeprefix("!").removesuffix("?"),
        )
        choice = f" (?:{'|'.join(map(spelling, filled.split('|')))})(?= )"
        if word.startswith("!"):
            return f"(?!{choice})"
        return f"(?:{choice})?" if word.endswith("?") else choice

    def plain(self, text: str) -> str:
        """Return a text as the phrases read it: small letters without accents and disguise, a full stop
        between sentences.
        """
        text = "".join(
            c
            for c in unicodedata.normalize("NFKD", text).casefold()
            if unicodedata.category(c) not in ("Mn", "Cf")
        )
        text = SPELLED.sub(lambda found: re.sub(r"[ .*_-]", "", found[0]), re.sub(r"['’`´]", "", text))
        return f" {' '.join(filter(None, map(self.undisguised, ENDS.sub(stop, text).split())))} "

    def undisguised(self, word: str) -> str:
        """Return a word with letters for the signs that stand for them; a hidden word where it is one with
        a sign or a slip.
        """
        if word == ".":
            return word
        if any(c.isalpha() for c in word):
            word = word.translate(STANDS_FOR)
        if "*" in word or "#" in word:
            mask = re.compile(re.sub(r"[*#]", "[a-z]", re.sub(r"[^a-z*#]", "", word)))
            word = next((one for one in self.hidden if mask.fullmatch(one)), word)
        word = re.sub(r"[^a-z0-9]+", " ", word).strip()
        near = [one for one in self.hidden if one[0] == word[0]] if len(word) >= LONG else []
        return (get_close_matches(word, near, n=1, cutoff=CLOSE) or [word])[0]


def spelling(words: str) -> str:
    """Return the pattern of some words, each letter of which may be repeated: “diiie”."""
    return "".join(
        "[a-z0-9]*" if letter == "*" else " " if letter == "_" else f"{letter}+" for letter in words
    )


def stop(found: re.Match[str]) -> str:
    """Return what stands for the end of a sentence; a “!” within a word is a letter in disguise."""
    text, end = found.string, found.end()
    inside = found.start() and text[found.start() - 1].isalnum() and end < len(text) and text[end].isalnum()
    return found[0] if inside and found[0] == "!" else " . "
