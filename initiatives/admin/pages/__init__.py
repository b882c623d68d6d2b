"""The pages of the desk beside an item's form: outline, preview, history, releases, bulk, exchange.

What they do is done in publishing/, exchange/ and desk/. Each file is a page or a few that belong together.
"""
