"""Seals of what was public, their verification, and removing words for good.

No publishing. Begin with seals.py.
"""
