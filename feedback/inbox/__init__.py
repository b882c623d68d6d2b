"""What reviewers do with comments: select, search, sort, hand on, redact, export, throw away.

No pages and no forms. Begin with handling.py.
"""
