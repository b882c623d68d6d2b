"""Atom feeds that any reader can read."""

import re
from datetime import timedelta
from typing import Any

from django.utils.feedgenerator import Atom1Feed

INSTANT = timedelta(microseconds=1)
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Atom(Atom1Feed):
    """Atom without the characters that XML does not have. A word processor leaves some in what is pasted from
    it: one in a title
    would leave everybody without a feed.
    """

    def write(self, outfile: Any, encoding: str) -> None:
        for said in (self.feed, *self.items):
            said |= {name: NOT_IN_XML.sub(" ", text) for name, text in said.items() if isinstance(text, str)}
        self.tell_apart()
        super().write(outfile, encoding)

    def tell_apart(self) -> None:
        """Give entries of one instant times of their own, a microsecond apart, so that every feed reader
        keeps their order.
        """
        seen = set()
        for item in self.items:
            while item["updateddate"] in seen:
                item["updateddate"] -= INSTANT
            seen.add(item["updateddate"])


class PlainAtom(Atom):
    """Atom whose summaries are plain text, in which "<" is a sign like any other."""

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})
