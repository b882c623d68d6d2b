"""What staff are told: tasks, e-mails, reminders, who is editing, share links.

Nothing here changes what the public sees. Begin with tasks.py.
"""
