"""The report: what editors work on (the working copy) and what was recorded and published of it
(revisions).
"""

from initiatives.models.facts import Amount, Figure, KeyDate, Link, Participation
from initiatives.models.item import Item
from initiatives.models.redaction import Erasure, ReasonErasure, Redaction
from initiatives.models.reference import Agency, Audience, Document, Place
from initiatives.models.review import Review
from initiatives.models.revision import Revision
from initiatives.models.seal import DaySeal
from initiatives.models.site import Site
from initiatives.models.tree import Initiative, Pillar, Section
from initiatives.models.upload import Upload
from initiatives.models.workflow import (
    NoticePreference,
    Presence,
    Release,
    ReleaseItem,
    ShareLink,
    Submission,
)

# Every kind of item by its name. Another app that has a kind of its own adds it here as its models load.
KINDS: dict[str, type[Item]] = {
    model.kind: model for model in (Site, Pillar, Section, Initiative, Agency, Audience, Place, Document)
}

__all__ = [
    "KINDS",
    "Agency",
    "Amount",
    "Audience",
    "DaySeal",
    "Document",
    "Erasure",
    "Figure",
    "Initiative",
    "Item",
    "KeyDate",
    "Link",
    "NoticePreference",
    "Participation",
    "Pillar",
    "Place",
    "Presence",
    "ReasonErasure",
    "Redaction",
    "Release",
    "ReleaseItem",
    "Review",
    "Revision",
    "Section",
    "ShareLink",
    "Site",
    "Submission",
    "Upload",
]
