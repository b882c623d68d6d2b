"""Text as such: Markdown to safe HTML, prose parsed, differences of words, merges of three, readability.

No database and no model. Begin with markdown.py.
"""
