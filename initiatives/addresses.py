"""Which addresses the site has: those of the report's items, and those that no pillar may take."""

from unicodedata import category, normalize

from anyascii import anyascii
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from django.utils.text import slugify

# Addresses that the site is going to have.
PLANNED = {
    *(
        "search",
        "data",
        "api",
        "updates",
        "as-of",
        "feeds",
        "feedback",
        "you-said-we-did",
        "agencies",
        "audiences",
    ),
    *(
        "places",
        "map",
        "media",
        "static",
        "admin",
        "accounts",
        "es",
        "en",
        "fr",
        "vi",
        "bs",
        "ar",
        "zh",
        "offline",
        "share",
    ),
    *("preview", "status", "help", "contact", "statistics", "figures", "charts", "sitemap", "index"),
}

# Kinds without pages of their own: the name of the page that lists them. Another app adds its kinds here.
LISTED_ON = {"document": "documents"}


def slug_of(title: str) -> str:
    """Return a title as the last part of an address: at most 80 small Latin letters, digits and hyphens, ""
    where it has none.

    Letters of other alphabets are transliterated ("Đường phố" becomes duong-pho); signs and pictures are left
    out.
    """
    letters = "".join(sign for sign in normalize("NFKC", title) if not category(sign).startswith("S"))
    return slugify(anyascii(letters))[:80].strip("-_")


def is_reserved(slug: str) -> bool:
    """Say whether a top-level address belongs to the site itself, so that a pillar cannot have it."""
    return slug in PLANNED or leads_to(f"/{slug}/") != "pillar" or leads_to(f"/{slug}/x/") != "section"


def leads_to(path: str) -> str:
    """Return the name of the view at a path, "" where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def answering(path: str) -> ResolverMatch | None:
    """Return what answers at a path, with the slash at its end that the site adds; None for nothing."""
    for candidate in (path, f"{path}/"):
        try:
            return resolve(candidate)
        except Resolver404:
            continue
    return None


def of(kind: str, slug: str, pillar_slug: str = "", section_slug: str = "") -> str:
    """Return the path of an item of the report, "" for a kind without a page of its own.

    In: the item's kind and slug; for a section the pillar's slug; for a sub-section its section's slug as
    well.
    """
    try:
        match kind:
            case "site":
                return reverse("home")
            case "pillar":
                return reverse("pillar", args=[slug])
            case "section" if section_slug:
                return f"{reverse('section', args=[pillar_slug, section_slug])}#{slug}"
            case "section":
                return reverse("section", args=[pillar_slug, slug])
            case "initiative":
                return reverse("initiative", args=[slug])
            case _ if kind in LISTED_ON:
                return f"{reverse(LISTED_ON[kind])}#{slug}"
    except NoReverseMatch:
        pass
    return ""


def of_record(kind: str, slug: str, pillar_slug: str, page: str, *more: int) -> str:
    """Return the path of a page about an item's past, "" for a kind that has none.

    In: the item's kind and slug; for a section its pillar's slug; the page ("history", "version", "compare",
    "feed") and, for a version, its number.
    """
    slugs = [pillar_slug, slug] if kind == "section" else [slug]
    try:
        return reverse(f"{kind}_{page}", args=[*slugs, *more])
    except NoReverseMatch:
        return ""
