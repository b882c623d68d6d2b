"""The report in and out as files: the folder, Markdown documents, spreadsheets, uploads.

No pages and no forms. Begin with importing.py for the way in and exporting.py for the way out.
"""
