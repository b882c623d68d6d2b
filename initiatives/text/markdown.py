"""Turns editors' Markdown into HTML that is safe to show, whatever was typed."""

import re
from html import escape

import nh3
from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

MAX_LENGTH = 50_000
MAX_NESTING = 20
TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "s"),
    *("ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "a", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
DECORATIVE = "decorative"
HEADING = re.compile(r"<(/?)h([1-6])>")
OWN_IMAGE = re.compile(re.escape(settings.MEDIA_URL) + r"images/[0-9a-f]{64}\.(?:jpg|png)")


def align_without_style(state: StateCore) -> None:
    """Turn the style of a table's cells into the attribute that the content policy lets through."""
    for token in state.tokens:
        style = token.attrs.pop("style", "")
        if style:
            token.attrs["align"] = str(style).removeprefix("text-align:")


def mark_decorative(state: StateCore) -> None:
    """Take the title "decorative" and the alt text off images so marked: the mark is the editor's, and
    nothing is to be read.
    """
    for block in state.tokens:
        for token in block.children or []:
            if token.type == "image" and str(token.attrs.get("title", "")).strip().lower() == DECORATIVE:
                del token.attrs["title"]
                token.children = []
                token.meta[DECORATIVE] = True


PARSER = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "html": False}).enable(
    ["table", "strikethrough"]
)
PARSER.core.ruler.push("align_without_style", align_without_style)
PARSER.core.ruler.push("mark_decorative", mark_decorative)


def render(text: str) -> str:
    """Return the text's Markdown (CommonMark with tables) as sanitised HTML whose headings begin at h2.

    Typed HTML shows as text; images that are not our own uploads are left out. Text of more than 50,000
    characters, which no field takes, is returned as one escaped paragraph.
    """
    if not text.strip():
        return ""
    if len(text) > MAX_LENGTH:
        return f"<p>{escape(text)}</p>"
    clean = nh3.clean(
        promote(PARSER.render(text.replace("\0", ""))),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        attribute_filter=own_images_only,
        link_rel="noopener",
    )
    return re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", clean).strip()


def promote(html: str) -> str:
    """Return the HTML with all headings moved by one amount, so that the highest is h2 (h6 stays the
    lowest).
    """
    levels = [int(level) for _, level in HEADING.findall(html)]
    return shift(html, 2 - min(levels)) if levels else html


def shift(html: str, by: int) -> str:
    """Return the HTML with every heading moved down by a number of levels, kept within h2 and h6."""
    return HEADING.sub(lambda m: f"<{m[1]}h{min(6, max(2, int(m[2]) + by))}>", html)


def own_images_only(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute, but drop the source of an image that is not one of our uploads."""
    return None if tag == "img" and name == "src" and not OWN_IMAGE.fullmatch(value) else value
