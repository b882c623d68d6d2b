"""The actions that reviewers have for comments, in the order of their buttons."""

from dataclasses import dataclass

from feedback.models import Comment

State = Comment.State


@dataclass(frozen=True)
class Action:
    """What a button does. `into` is the new state; `only` the states that it is for; `sets` what else it
    changes.

    With `back` the new state is the one that a reviewer took the comment out of, `into` where none did.
    `help` tells reviewers when to use it. Without a label it is no button's.
    """

    label: str
    done: str
    into: str = ""
    only: tuple[str, ...] = ()
    sets: str = ""
    help: str = ""
    back: bool = False


CALLED_BACK = tuple(set(State.values) - {State.NEW})


OPEN = (State.NEW, State.READ, State.IN_HAND)


ACTIONS: dict[str, Action] = {
    "read": Action(
        "Mark read", "marked read", State.READ, help="You know of it. Nothing has to be done now."
    ),
    "in_hand": Action(
        "Assign to me",
        "assigned",
        State.IN_HAND,
        sets="me",
        help="Somebody sees to it: you, where nobody does yet.",
    ),
    "close": Action("Close", "closed", State.CLOSED, help="It is done with, or nothing can be done."),
    "hold": Action(
        "Hold", "held", State.HELD, help="Somebody has to look at it first. It is in no figures until then."
    ),
    "spam": Action(
        "Spam", "marked as spam", State.SPAM, help="It is no comment on the page. It is in no figures."
    ),
    "not_spam": Action(
        "Not spam",
        "taken out of the spam",
        State.NEW,
        only=(State.SPAM,),
        back=True,
        help="It is what it was before; else new.",
    ),
    "release": Action(
        "Release",
        "released",
        State.NEW,
        only=(State.HELD,),
        back=True,
        help="There is nothing wrong with it. It is what it was before; else new.",
    ),
    "reopen": Action(
        "Mark new again",
        "marked new again",
        State.NEW,
        only=CALLED_BACK,
        help="Somebody has to sort it anew.",
    ),
    "answered": Action("", "answered", State.ANSWERED, only=OPEN),
    "urgent": Action(
        "Urgent",
        "marked urgent",
        sets="urgent",
        help="Somebody is in danger. It stands first until it is sorted.",
    ),
    "not_urgent": Action(
        "Not urgent", "no longer marked urgent", sets="not_urgent", help="Nobody is in danger."
    ),
    "assign": Action("Assign", "assigned", sets="person"),
    "tag": Action("Add the tag", "tagged", sets="tag"),
    "untag": Action("Take the tag off", "rid of the tag", sets="untag"),
}
