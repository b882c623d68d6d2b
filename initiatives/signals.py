"""What happened, for whoever listens: the one way in which a lower room tells a higher one.

Each is sent within the transaction that made the change, after its rows are written.
"""

from django.dispatch import Signal

# Windows of revisions were written at one instant. `revisions`: all of them; `by`: who did it, None for the
# system.
published = Signal()
# A draft was handed in for approval. `submission`: the row.
submitted = Signal()
# What was handed in was approved, returned, taken back or overtaken. `submission`: the row as it is now.
decided = Signal()
