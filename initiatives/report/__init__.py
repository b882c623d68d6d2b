"""The report as the public sees it now, saw it, or would see it with drafts: the read side.

Nothing here changes a row. Begin with report.py.
"""
