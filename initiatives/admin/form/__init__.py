"""The form of an item, and the admin of each kind.

Begin with item.py; pages that are about no single item stand in pages/.
"""
