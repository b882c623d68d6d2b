"""The editors' desk: the stock admin, with drafts, preview and publishing on every item of the report."""

from initiatives.admin import reference, tree, uploads

__all__ = ["reference", "tree", "uploads"]
