"""Who links to whom, where the address of a gone item leads, and which links would die.

Nothing here changes a row. Begin with inbound.py.
"""
