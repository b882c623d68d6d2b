"""A form field for what is one line."""

from typing import Any

from django import forms

from initiatives.models.lines import in_one_line


class LineField(forms.CharField):
    """Text in which each line break becomes a space: no browser sends one from a one-line field, and no
    list shows it.
    """

    def to_python(self, value: Any) -> Any:
        """Return the text on one line."""
        said = super().to_python(value)
        return in_one_line(said) if isinstance(said, str) else said
