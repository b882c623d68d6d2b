"""Numbers in addresses and forms, which anybody may have typed."""


def whole_number(text: str) -> int | None:
    """Return the number that one to nine of the digits 0 to 9 say; None for any other text, also where
    int() would take it.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
