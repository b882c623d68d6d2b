"""Keeps on one line what is one line: titles, labels, notes."""

from django.db import models


def in_one_line(text: str) -> str:
    """Return a text with a space for each of its line breaks, whichever of Unicode's it is."""
    return " ".join(text.splitlines())


def one_line(row: models.Model) -> None:
    """Put a space for each line break in the row's columns of one line: no browser types one, and no
    heading or list takes it.
    """
    for column in row._meta.concrete_fields:
        if (
            isinstance(column, models.CharField)
            and not column.choices
            and isinstance(said := getattr(row, column.attname), str)
        ):
            setattr(row, column.attname, in_one_line(said))
