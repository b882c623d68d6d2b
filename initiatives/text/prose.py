"""Takes Markdown apart as the page's own parser does, so that what is checked is what readers get."""

from dataclasses import dataclass, field

from markdown_it.token import Token

from initiatives.text.markdown import DECORATIVE, MAX_LENGTH, PARSER


@dataclass
class Link:
    """A link: the words that are shown, the address that it leads to, and the line where its words begin."""

    words: str
    href: str
    line: int = 0


@dataclass
class Image:
    """An image in a text."""

    alt: str
    src: str
    decorative: bool
    line: int


@dataclass
class Heading:
    """A heading: 1 for the highest level, 6 for the lowest."""

    level: int
    words: str
    line: int


@dataclass
class Prose:
    """What a Markdown text holds. `text` is what is read: a paragraph, cell or heading each, blank lines
    between.
    """

    text: str = ""
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def parse(markdown: str) -> Prose:
    """Return what a Markdown text holds; nothing for one that is too long to be rendered."""
    prose, blocks, line, level = Prose(), [], 1, 0
    for token in PARSER.parse(markdown.replace("\0", "")) if len(markdown) <= MAX_LENGTH else []:
        line = token.map[0] + 1 if token.map else line
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            blocks.append(read_inline(token.children or [], prose, line))
            if level:
                prose.headings.append(Heading(level, blocks[-1], line))
                level = 0
    prose.text = "\n\n".join(block for block in blocks if block)
    return prose


def read_inline(tokens: list[Token], prose: Prose, line: int) -> str:
    """Add a block's links and images to the prose and return the words of the block."""
    words: list[str] = []
    link: Link | None = None
    for token in tokens:
        shown = ""
        if token.type in ("softbreak", "hardbreak"):
            line += 1
            words.append(" ")
        elif token.type in ("text", "code_inline"):
            shown = token.content
            words.append(shown)
        elif token.type == "link_open":
            link = Link("", str(token.attrs.get("href", "")), line)
            prose.links.append(link)
        elif token.type == "link_close":
            link = None
        elif token.type == "image":
            shown = alt_words(token.children or [])
            prose.images.append(
                Image(shown, str(token.attrs.get("src", "")), bool(token.meta.get(DECORATIVE)), line)
            )
        if link:
            link.words += shown or (" " if token.type.endswith("break") else "")
    return "".join(words).strip()


def alt_words(tokens: list[Token]) -> str:
    """Return the words of an image's alt text, without marks."""
    return "".join(alt_words(token.children) if token.children else token.content for token in tokens).strip()
