"""Atom feeds that any reader can read."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Atom(Atom1Feed):
    """Atom without the characters that XML does not have. A word processor leaves some in what is pasted from it: one in a title
    would leave everybody without a feed."""

    def write(self, outfile: Any, encoding: str) -> None:
        for said in (self.feed, *self.items):
            said |= {name: NOT_IN_XML.sub(" ", text) for name, text in said.items() if isinstance(text, str)}
        super().write(outfile, encoding)
