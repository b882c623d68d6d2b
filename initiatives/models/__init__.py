"""The report: what editors work on (the working copy) and what was recorded and published of it (revisions)."""

from initiatives.models.facts import Amount, Figure, KeyDate, Link, Participation
from initiatives.models.item import Item
from initiatives.models.reference import Agency, Audience, Document, Place
from initiatives.models.revision import Revision
from initiatives.models.site import Site
from initiatives.models.tree import Initiative, Pillar, Section
from initiatives.models.upload import Upload

ITEM_MODELS: tuple[type[Item], ...] = (Site, Pillar, Section, Initiative, Agency, Audience, Place, Document)
KINDS: dict[str, type[Item]] = {model.kind: model for model in ITEM_MODELS}

__all__ = [
    "ITEM_MODELS",
    "KINDS",
    "Agency",
    "Amount",
    "Audience",
    "Document",
    "Figure",
    "Initiative",
    "Item",
    "KeyDate",
    "Link",
    "Participation",
    "Pillar",
    "Place",
    "Revision",
    "Section",
    "Site",
    "Upload",
]
