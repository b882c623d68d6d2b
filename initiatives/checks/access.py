"""What shuts readers out who hear a page or jump through it: images, headings, the words of links."""

import re
from collections.abc import Iterator
from itertools import pairwise

from initiatives.checks.alternatives import alt_problem
from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.text.prose import Heading, Image

VAGUE = {
    *(
        "here",
        "click here",
        "click",
        "press here",
        "tap here",
        "see here",
        "go here",
        "this",
        "this link",
        "this page",
    ),
    *(
        "more",
        "read more",
        "learn more",
        "find out more",
        "see more",
        "more info",
        "more information",
        "details",
        "link",
    ),
    *("read on", "continue", "website", "web site", "page", "url", "download", "see", "go"),
}
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|us|io)(?:/\S*)?", re.IGNORECASE
)


def access_errors(subject: Subject) -> Iterator[Finding]:
    """Yield images without alt text, headings out of order and links whose words say nothing."""
    item = subject.item
    for name, prose in subject.prose.items():
        messages = [message for image in prose.images for message in image_problems(image)]
        messages += [
            vague_words(link.words, f" on line {link.line}")
            for link in prose.links
            if says_nothing(link.words)
        ]
        messages += heading_problems(prose.headings)
        yield from (Finding(name, message) for message in messages)
    for row in subject.fields.get("links", []):
        if says_nothing(row["label"]):
            yield Finding("links", vague_words(row["label"], ""))
    if getattr(item, "image_id", None) and not item.image_decorative:  # type: ignore[attr-defined]
        yield from (Finding("image_alt", message) for message in page_image_problems(item.image_alt))  # type: ignore[attr-defined]


def page_image_problems(alt: str) -> Iterator[str]:
    """Yield what is wrong with the alt text of an item's own image."""
    mend = "Say what the image shows, or tick “decorative” if it says nothing that the text does not."
    if not alt.strip():
        yield mend
    elif problem := alt_problem(alt):
        yield f"The alt text “{alt}” {problem}. {mend}"


def image_problems(image: Image) -> Iterator[str]:
    """Yield what is wrong with an image in a text."""
    problem = "" if image.decorative else alt_problem(image.alt)
    if problem:
        has = f"has the alt text “{image.alt}”, which {problem}" if image.alt else "has no alt text"
        yield (
            f"The image on line {image.line} {has}. Type what it shows between the square brackets; if it "
            "says "
            'nothing that the text does not, type "decorative", with the quotes, after its address.'
        )


def says_nothing(words: str) -> bool:
    """Say whether the words of a link leave open where it leads: empty, "here" and the like, or an
    address.
    """
    bare = " ".join(words.split()).strip(" .,:;!?…»>→()[]“”\"'").lower()
    return bare in VAGUE or not bare or bool(ADDRESS.fullmatch(bare))


def vague_words(words: str, where: str) -> str:
    """Return what to do about a link whose words say nothing."""
    if not words.strip():
        return f"A link{where} has no words. Name the page or file it opens."
    return f"The link “{words.strip()}”{where} does not say where it leads. Name the page or file it opens."


def heading_problems(headings: list[Heading]) -> Iterator[str]:
    """Yield what is wrong with the levels of a text's headings.

    The page's own title is the one of level 1.
    """
    for heading in headings:
        if heading.level == 1:
            yield (
                f"The heading “{heading.words}” on line {heading.line} is of level 1, which is the page's "
                "title. "
                "Begin it with ## instead of #."
            )
    if headings and headings[0].level > min(heading.level for heading in headings):
        first = headings[0]
        yield (
            f"The first heading, “{first.words}” on line {first.line}, is of level {first.level}, and a "
            "higher one follows. "
            "Begin with the highest."
        )
    for before, after in pairwise(headings):
        if after.level > before.level + 1:
            yield (
                f"A heading jumps from level {before.level} to level {after.level}: “{after.words}” on line "
                f"{after.line}. "
                f"Use level {before.level + 1}."
            )
