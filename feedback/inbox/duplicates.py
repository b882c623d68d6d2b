"""Which comments are near-duplicates: their shapes (64 bits that say little of a text) differ in at most NEAR
bits.

No index finds such shapes, so they are counted here, against those of the newest LOOKED_AT comments: a fixed
cost, and about two years of a thousand comments a month.
"""

from collections import Counter

from feedback.intake.shape import NEAR
from feedback.models import Comment

LOOKED_AT = 20_000
MOST = 500
WORD = 0xFFFF_FFFF_FFFF_FFFF


def stored_shapes() -> Counter[int]:
    """Return the shapes of the newest comments with how many have each. One query."""
    newest = Comment.objects.order_by("-date", "id").values_list("shape", flat=True)[:LOOKED_AT]
    return Counter(shape & WORD for shape in newest if shape is not None)


def signed(shape: int) -> int:
    """Return a shape as the database holds it."""
    return shape - (1 << 64) if shape >> 63 else shape


def near(shape: int) -> list[int]:
    """Return the stored shapes near this one, the commonest first, at most MOST of them, and itself.

    One query.
    """
    wanted, found = shape & WORD, stored_shapes()
    close = [other for other, _ in found.most_common() if (other ^ wanted).bit_count() <= NEAR]
    return [shape, *(signed(other) for other in close[:MOST] if other != wanted)]


def mark(comments: list[Comment]) -> list[Comment]:
    """Give each comment `alike`, how many others are near it, and return them with the near ones together.

    One query.
    """
    found = stored_shapes() if any(comment.shape is not None for comment in comments) else Counter()
    for shape in {comment.shape for comment in comments}:
        wanted = None if shape is None else shape & WORD
        close = (
            0
            if wanted is None
            else sum(n for other, n in found.items() if (other ^ wanted).bit_count() <= NEAR)
        )
        for comment in comments:
            if comment.shape == shape:
                comment.alike = max(close - 1, 0)  # type: ignore[attr-defined]
    return with_duplicates(comments)


def with_duplicates(comments: list[Comment]) -> list[Comment]:
    """Return the comments in their order, but for those near an earlier one: they follow it, with
    `follows` set.
    """
    groups: list[list[Comment]] = []
    for comment in comments:
        group = next((group for group in groups if is_near(group[0], comment)), None)
        comment.follows = group is not None  # type: ignore[attr-defined]
        if group is None:
            groups.append([comment])
        else:
            group.append(comment)
    return [comment for group in groups for comment in group]


def is_near(one: Comment, other: Comment) -> bool:
    if one.shape is None or other.shape is None:
        return False
    return ((one.shape ^ other.shape) & WORD).bit_count() <= NEAR
