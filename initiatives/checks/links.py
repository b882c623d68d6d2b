"""Where links and images lead: inside the site to what is there, outside to an address that is one."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from initiatives.checks.destinations import Guide, Target
from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.links.paths import KINDS, own_path
from initiatives.text.markdown import SCHEMES

BARE_HOST = re.compile(r"(?:www\.|[a-z0-9-]+\.(?:com|org|net|gov|edu|us)(?:/|$))", re.IGNORECASE)
is_web_address = URLValidator(schemes=["http", "https"])


def targets(subject: Subject) -> list[Target]:
    """Return every address that the item leads to or shows an image from."""
    found = []
    for name, prose in subject.prose.items():
        found += [
            Target(name, link.href, link.words.strip(), f" on line {link.line}") for link in prose.links
        ]
        found += [
            Target(name, image.src, "", f" on line {image.line}", is_image=True) for image in prose.images
        ]
    found += [Target("links", row["url"], row["label"], "") for row in subject.fields.get("links", [])]
    if subject.fields.get("url"):
        found.append(Target("url", subject.fields["url"], subject.item.title, ""))
    return found


def link_errors(subject: Subject) -> Iterator[Finding]:
    """Yield links that lead nowhere and addresses that are none."""
    inside = []
    for target in targets(subject):
        problem = shape_problem(target)
        if problem:
            yield Finding(target.field, f"{target.named} {problem}")
        elif own_path(target.href) is not None and (
            subject.item.kind in KINDS or not target.href.startswith("#")
        ):
            # What is no page of its own is shown on several: where a bare “#…” leads there cannot be said.
            inside.append(target)
    if inside:
        guide = Guide(subject, inside)
        for target in inside:
            problem = guide.problem(target)
            if problem:
                yield Finding(target.field, f"{target.named} {problem}")


def link_advice(subject: Subject) -> Iterator[Finding]:
    """Yield links to other sites that are not encrypted."""
    for target in targets(subject):
        if (
            target.href.lower().startswith("http://")
            and not shape_problem(target)
            and own_path(target.href) is None
        ):
            yield Finding(
                target.field,
                (
                    f"{target.named} begins with http://. Use https:// if the other site answers there: "
                    f"{target.href}"
                ),
            )


def shape_problem(target: Target) -> str:
    """Return what is wrong with an address before anyone looks where it leads, "" for nothing."""
    href = target.href
    try:
        parts = urlsplit(href)
    except ValueError:
        return "has an address that is none. Copy it again from the browser."
    if not href:
        return "has no address. Type it between the round brackets."
    if target.is_image:
        if href.startswith(f"{settings.MEDIA_URL}images/"):
            return ""
        is_here = not parts.netloc and not parts.scheme
        return (
            f"is no image of this site: {href} Upload it here."
            if is_here
            else "is on another site. Upload it here instead."
        )
    if parts.scheme.lower() in ("http", "https"):
        try:
            is_web_address(href)
        except ValidationError:
            return f"has an address that is none: {href} Copy it again from the browser."
        return ""
    if parts.scheme == "mailto":
        return "" if "@" in parts.path else "needs an email address after “mailto:”."
    if parts.scheme == "tel":
        return (
            "" if re.fullmatch(r"[+\d().\-%20 ;=a-z]+", parts.path) else "needs a phone number after “tel:”."
        )
    if parts.scheme and parts.scheme.lower() not in SCHEMES:
        return (
            f"begins with “{parts.scheme}:”, which the site leaves out. Use an address that begins with "
            "https://."
        )
    if parts.netloc or BARE_HOST.match(parts.path):
        return f"leads to another site without https:// before it. Write https://{href.lstrip('/')}"
    if parts.path and not parts.path.startswith("/"):
        return (
            f"begins without “/”, so it leads to another place on each page. Begin {href} with “/” or "
            "with https://."
        )
    return ""
