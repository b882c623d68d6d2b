"""What happens to a comment that is sent, until it is stored or handed back.

Nothing here knows reviewers. Begin with store.py.
"""
