"""Brings items in as drafts: rehearses the whole import, shows what would differ, and keeps all of it or
nothing.
"""

from collections import defaultdict
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from initiatives.exchange.apply import Setter
from initiatives.exchange.block import TREE, Block
from initiatives.exchange.conflicts import Ask, asked_fields
from initiatives.exchange.fields import Inward
from initiatives.exchange.order import arrange, positions
from initiatives.exchange.preview import Change, Result, fill_differences
from initiatives.models import KINDS, Item, Revision
from initiatives.models.lock import lock_report
from initiatives.publishing.publish import save_draft


def bring_in(blocks: list[Block], by: Any, keep: bool = False, expected: str = "") -> Result:
    """Return what the blocks change; with `keep` all of it is kept as drafts by that person, or nothing at
    all.

    In: the items read; who brings them in, whose permissions hold (None, the system, may all); the
    fingerprint of the differences that the person saw, without which nothing is compared. Where that is
    another by now, nothing is kept.
    """
    with transaction.atomic():
        result = Incoming(blocks, by).run()
        if not keep or result.is_held_back or (expected and expected != result.fingerprint):
            transaction.set_rollback(True)
    return result


class Incoming:
    """One import, inside a transaction that the caller ends."""

    def __init__(self, blocks: list[Block], by: Any) -> None:
        self.blocks, self.by = blocks, by
        self.result = Result()
        self.items: dict[str, Any] = {}
        self.touched: dict[str, Any] = {}
        self.asks: dict[str, Ask] = {}
        self.moved: set[str] = set()

    def run(self) -> Result:
        """Do all of it and return what it came to."""
        self.find()
        if not self.result.problems:
            self.apply()
        if not self.result.is_held_back:
            self.arrange_all()
        self.result.conflicts.sort(key=lambda one: one.line)
        if not self.result.is_held_back:
            self.keep()
            self.result.left = self.left_alone()
        return self.result

    # What there is

    def find(self) -> None:
        """Fetch the working copies and revisions that the blocks name; note what there is not, or twice."""
        lock_report()
        keys = [block.key for block in self.blocks if block.key]
        for model in KINDS.values():
            rows = model._default_manager.filter(key__in=keys).order_by("pk")
            self.items |= {str(item.key): item for item in rows}
        texts = Revision.objects.texts().defer("html")
        self.newest = {str(one.key): one for one in texts.newest().filter(key__in=keys)}
        pairs = {(str(block.key), block.revision) for block in self.blocks if block.key}
        numbers = {number for _, number in pairs if number}
        older = texts.filter(key__in=keys, number__in=numbers)
        self.bases = {(str(one.key), one.number): one for one in older if (str(one.key), one.number) in pairs}
        self.by_slug = self.addresses()
        self.check_identities()
        for block in self.blocks:
            if not block.key:
                block.key = uuid4()
            self.by_slug.setdefault((block.kind, block.slug), str(block.key))
            self.by_slug[block.kind, str(block.key)] = str(block.key)

    def addresses(self) -> dict[tuple[str, str], str]:
        """Return the key of every working copy by kind and address, by each address it once had, and by
        the key itself.
        """
        copies = {
            (kind, str(key)): slug
            for kind, model in KINDS.items()
            for key, slug in model._default_manager.values_list("key", "slug")
        }
        past = Revision.objects.texts().order_by("number").values_list("kind", "slug", "key").distinct()
        found = {(kind, slug): str(key) for kind, slug, key in past if (kind, str(key)) in copies}
        found |= {(kind, key): key for kind, key in copies}
        return found | {(kind, slug): key for (kind, key), slug in copies.items()}

    def check_identities(self) -> None:
        """Note items that are unknown, removed, of another kind, or there twice."""
        seen: dict[Any, Block] = {}
        for block in self.blocks:
            key = str(block.key)
            for same in filter(None, (block.key, block.slug and (block.kind, block.slug))):
                first = seen.setdefault(same, block)
                if first is not block:
                    line = first.lines.get((), 1)
                    self.note(
                        block,
                        f"“{block.name}” stands here a second time; the first is in line {line}",
                        "slug",
                    )
                    break
            if not block.key:
                continue
            if key not in self.items:
                unknown = "is not known; leave out key and revision for a new one"
                words = "was removed; restore it first" if key in self.newest else unknown
                self.note(block, f"the item with the key {key} {words}", "key")
            elif self.items[key].kind != block.kind:
                self.note(block, f"this is a {self.items[key].kind} and cannot become a {block.kind}", "slug")
            elif (key, block.revision) not in self.bases:
                self.note(block, f"the item has no revision {block.revision}", "revision")

    def note(self, block: Block, reason: str, *where: Any) -> None:
        self.result.problems.append(block.problem(reason, *where))

    # What changes

    def apply(self) -> None:
        """Set what each block asks for, what others refer to first.

        Each is undone where it is not accepted.
        """
        for block in sorted(self.blocks, key=lambda block: block.kind in TREE):
            problems: list[str] = []
            told = Inward(block, self.by_slug, problems).told()
            lost: list[str] = []
            told |= self.place_of(block, lost)
            found = self.asks[str(block.key)] = asked_fields(block, told, *self.sides(block))
            self.result.conflicts += found.conflicts
            if found.fields and not lost and self.is_allowed(block):
                problems += self.set(block, found)
            self.result.problems += [*lost, *problems]

    def sides(self, block: Block) -> tuple[Revision | None, Revision | None]:
        """Return the revision that a block was exported from, and the newest one."""
        key = str(block.key)
        return (None, None) if block.is_new else (self.bases[key, block.revision or 0], self.newest[key])

    def place_of(self, block: Block, problems: list[str]) -> dict[str, str]:
        """Return address and parent as the block has them; nothing of what it does not say."""
        told = {"slug": block.slug} if block.slug or block.is_new else {}
        if block.kind not in ("section", "initiative") or not block.whole:
            return told
        if isinstance(block.parent, Block):
            return told | {"parent": str(block.parent.key)}
        if block.under:
            key = self.by_slug.get(block.under)
            if key is None:
                problems.append(block.problem(f"there is no {block.under[0]} “{block.under[1]}”", "parent"))
            return told | ({"parent": key} if key else {})
        return told

    def is_allowed(self, block: Block) -> bool:
        """Say whether the person may do this; note it where not."""
        action = "add" if block.is_new else "change"
        if self.by is None or self.by.has_perm(KINDS[block.kind].permission(action)):
            return True
        self.note(block, f"you may not {action} this: {KINDS[block.kind]._meta.verbose_name}", "slug")
        return False

    def set(self, block: Block, found: Ask) -> list[str]:
        """Save what a block asks for; return what is wrong with it, in which case it is undone."""
        key = str(block.key)
        item: Any = self.items.get(key) or KINDS[block.kind](key=block.key)
        with transaction.atomic():
            if problems := Setter(block, item, found.fields).set():
                transaction.set_rollback(True)
        if not problems:
            self.items[key] = self.touched[key] = item
            if block.is_new or "parent" in found.fields:
                self.moved.add(key)
        return problems

    # Order

    def arrange_all(self) -> None:
        """Bring the order of siblings in line with the document, where it changed that."""
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for block in sorted(self.blocks, key=lambda block: block.place):
            parent = (
                block.parent.key
                if isinstance(block.parent, Block)
                else self.by_slug.get(block.under)
                if block.under
                else ""
            )
            if block.kind in TREE and block.whole and (parent or block.kind == "pillar"):
                groups[block.kind, str(parent)].append(str(block.key))
        for keys in groups.values():
            asked = [key for key in keys if key in self.items]
            if asked:
                self.arrange(asked)

    def arrange(self, asked: list[str]) -> None:
        """Put siblings in the order asked for."""
        first = self.items[asked[0]]
        siblings = {str(one.key): one for one in first.siblings().order_by("position", "title")}
        asked = [key for key in asked if key in siblings]
        now = [key for key in siblings if key not in self.moved]
        old = [key for key in asked if key in now]
        was = sorted(old, key=lambda key: (self.asks[key].base.position, self.asks[key].base.title))  # type: ignore[union-attr]
        saved = [key for key in now if key in old]
        if len(old) > 1 and old not in (was, saved) and saved != was:
            self.note(
                self.asks[old[0]].block,
                "somebody else changed the order of these since; export again to change it",
                "slug",
            )
            return
        order = arrange(now, asked, old != was)
        order += [key for key in siblings if key not in order]
        had = {key: siblings[key].position for key in order if key not in self.moved}
        if order == now:
            return
        for key, position in positions(order, had).items():
            self.reposition(key, siblings[key], position)

    def reposition(self, key: str, sibling: Item, position: int) -> None:
        """Give an item another place among its siblings."""
        item = self.touched.get(key) or self.items.get(key) or sibling
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
            self.touched[key] = item

    # What is kept

    def keep(self) -> None:
        """Record every item that changed, and tell how it differs from before."""
        before = {
            str(one.key): one
            for one in Revision.objects.newest().defer("html").filter(key__in=list(self.touched))
        }
        for key, changed in self.touched.items():
            item = type(changed)._default_manager.get(pk=changed.pk)
            if not self.may_place(item):
                continue
            after = save_draft(item, self.by)
            if key in before and after.number == before[key].number:
                continue
            line = self.asks[key].block.lines.get((), 0) if key in self.asks else 0
            self.result.changes.append(Change(item.kind, item.title, line, before.get(key), after))
        self.result.changes.sort(key=lambda one: (one.line == 0, one.line))
        fill_differences(self.result.changes)
        self.result.same = len(self.blocks) - len([one for one in self.result.changes if one.line])

    def may_place(self, item: Item) -> bool:
        """Say whether the person may change an item that only stands elsewhere now; note it where not."""
        if self.by is None or str(item.key) in self.asks or self.by.has_perm(item.permission("change")):
            return True
        self.result.problems.append(f"You may not move “{item}”.")
        return False

    def left_alone(self) -> list[str]:
        """Return the titles of items that stand under one in the document and are not in it."""
        keys = [block.key for block in self.blocks if block.whole]
        under = {
            "section": Q(pillar__key__in=keys) | Q(parent__key__in=keys),
            "initiative": Q(section__key__in=keys),
        }
        found: list[str] = []
        for kind, there in under.items():
            rows = KINDS[kind]._default_manager.filter(there).exclude(key__in=keys).order_by("position")
            found += rows.values_list("title", flat=True)
        return found
