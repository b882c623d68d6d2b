"""Several people at once on the same items: nothing overlaps, nothing is lost, and no error but a refusal
that is explained.
"""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from django.utils import timezone

from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.audit.verify import verify
from initiatives.models import Initiative, Revision
from initiatives.models.lock import lock_report
from initiatives.publishing import windows as timeline
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from tests.at_once import at_once
from tests.builders import make_initiative, make_site

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, ROUNDS = 4, 3


def save(key, words):
    """Save a draft as the desk's form does; return the words."""
    lock_report()
    item = Initiative.objects.get(key=key)
    item.summary = words
    item.save()
    save_draft(item, None)
    return words


def act(name, key, words):
    """Do one thing of those that the desk offers."""
    item = Initiative.objects.get(key=key)
    later = timezone.now() + timedelta(days=1)
    match name:
        case "save":
            return save(key, words)
        case "publish":
            save(key, words)
            publish(Initiative.objects.get(key=key), None, words)
            return words
        case "schedule":
            schedule(item, None, later)
        case "withdraw":
            unpublish(item, None, "Over.")
        case "withdraw later":
            unpublish(item, None, "Over.", at=later)
        case "call off":
            for upcoming in Revision.objects.upcoming().filter(key=key):
                timeline.cancel_scheduled(upcoming)
    return None


def whole(item):
    """Fail where windows of an item do not follow one another, numbers miss, or the record does not hold."""
    windows = item.revisions.exclude(live_from=None).order_by("live_from").values_list("live_from", "live_to")
    assert all(end == start for (_, end), (start, _) in pairwise(windows))
    assert list(item.revisions.values_list("number", flat=True)) == list(range(1, item.revisions.count() + 1))
    assert not [str(finding) for finding in verify(lambda text: None)]


@pytest.mark.parametrize(
    "names",
    [
        ("publish", "publish", "publish", "publish"),
        ("publish", "schedule", "withdraw", "save"),
        ("schedule", "call off", "publish", "withdraw later"),
        ("withdraw", "withdraw", "publish", "call off"),
    ],
    ids=" + ".join,
)
def test_whatever_is_done_at_once_to_one_item_comes_one_after_the_other(names):
    make_site()
    item = make_initiative(summary="At first")
    told = []
    for number in range(ROUNDS):
        words = [f"{number}-{n}-{name}" for n, name in enumerate(names)]
        told += at_once(
            *(partial(act, name, item.key, said) for name, said in zip(names, words, strict=True))
        )
    whole(item)
    kept = {revision.fields["summary"] for revision in item.revisions.texts()}
    assert kept >= {words for words in told if words}


def test_drafts_saved_at_once_are_all_kept():
    item = make_initiative()
    told = [
        at_once(*(lambda n=n, r=r: save(item.key, f"{r}-{n}") for n in range(PEOPLE))) for r in range(ROUNDS)
    ]
    kept = {revision.fields["summary"] for revision in item.revisions.all()}
    assert kept >= {words for row in told for words in row}
    whole(item)


def test_of_two_items_published_at_one_address_at_once_one_is_refused():
    one, other = make_initiative(slug="one"), make_initiative(slug="other")
    unpublish(one, None)
    unpublish(other, None)

    def publish_anew(item):
        Initiative.objects.filter(pk=item.pk).update(slug=f"camp-{item.pk}")
        return publish(Initiative.objects.get(pk=item.pk), None)

    assert all(at_once(lambda: publish_anew(one), lambda: publish_anew(other)))
    whole(one)


def test_what_is_saved_during_a_redaction_does_not_keep_the_words():
    items = [make_initiative(summary="Roe at first") for _ in range(3)]
    acts = [lambda item=item: save(item.key, "Something else") for item in items]
    at_once(lambda: redact(Removal(["Roe"]), "A court said so.", None), *acts)
    assert "Roe" not in str(list(Revision.objects.values_list("fields", "html")))
    for item in items:
        whole(item)
