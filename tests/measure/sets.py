"""The kept sets of made-up comments, and how often a judge of theirs is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "feedback"


@dataclass(frozen=True)
class Made:
    """A made-up comment: in which part of its set it is, what it is ("" for ordinary), its words.

    “first” was used to mend the rules, “kept” never.
    """

    part: str
    kind: str
    text: str


@dataclass(frozen=True)
class Errors:
    """What a judge got wrong: those it missed, those it took wrongly, and how many it rightly named."""

    missed: list[Made]
    wrong: list[Made]
    right: int

    @property
    def found(self) -> float:
        """The share it found of those that are."""
        return self.right / (self.right + len(self.missed))

    @property
    def precision(self) -> float:
        """The share that is right of those it named."""
        return self.right / (self.right + len(self.wrong))

    def __str__(self) -> str:
        named = (
            f"{self.right + len(self.wrong)} named, {len(self.wrong)} of them wrongly (precision "
            f"{self.precision:.1%})"
        )
        return f"{self.right} of {self.right + len(self.missed)} found ({self.found:.1%}); {named}"


def read(name: str) -> list[Made]:
    """Return a set: a file of lines with part, kind and text between tabs, below a line that names them."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Made(*line.split("\t")) for line in lines]


def measured(made: list[Made], judge: Callable[[str], bool]) -> Errors:
    """Return what a judge of texts gets wrong of a set."""
    named = [one for one in made if judge(one.text)]
    missed = [one for one in made if one.kind and one not in named]
    wrong = [one for one in named if not one.kind]
    return Errors(missed, wrong, len(named) - len(wrong))


def report(name: str, judge: Callable[[str], bool]) -> None:
    """Print what a judge gets wrong, part by part."""
    made = read(name)
    for part in ("first", "kept"):
        errors = measured([one for one in made if one.part == part], judge)
        print(f"{part}: {errors}")
        for words, ones in (("missed", errors.missed), ("wrongly", errors.wrong)):
            print(*(f"  {words}: {one.text}" for one in ones), sep="\n", end="\n" if ones else "")
