"""An item as the checks read it: everything is fetched and parsed once, and only if a check asks for it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from initiatives.report.report import Report
from initiatives.text.prose import Prose, parse

if TYPE_CHECKING:
    from initiatives.models.item import Item

# Fields of one line that people read as sentences, of whichever kind of item has them.
SENTENCES = ("summary", "description", "tagline")


class Subject:
    """The working copy under examination. `prose` and `sentences` hold its texts by the name of the field.

    `among` is the report that it will stand in, where other items go out with it; `fields` all that it says,
    where that was read already.
    """

    def __init__(
        self, item: "Item", among: Report | None = None, fields: dict[str, Any] | None = None
    ) -> None:
        self.item, self.among = item, among
        if fields is not None:
            self.fields = fields
        self.prose: dict[str, Prose] = {name: parse(getattr(item, name)) for name in item.markdown_fields}
        self.sentences: dict[str, str] = {
            name: str(getattr(item, name))
            for name in SENTENCES
            if name in item.plain_fields and getattr(item, name)
        }

    @cached_property
    def fields(self) -> dict[str, Any]:
        """All that the item says, relations and rows included."""
        return self.item.recorded_fields()

    @cached_property
    def report(self) -> Report:
        """The report as the public sees it, or will see it."""
        return self.among or Report.live()

    @property
    def texts(self) -> dict[str, str]:
        """All that is read in sentences, by field: short texts first, then the Markdown's words."""
        return self.sentences | {name: prose.text for name, prose in self.prose.items() if prose.text}
