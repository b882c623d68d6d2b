"""The round trip: the report out as one Markdown document or as spreadsheets, and back in as drafts
(docs/round-trip.md).
"""
