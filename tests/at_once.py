"""Several people at the same instant, each on a thread and a connection to the database of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client


def at_once(*acts):
    """Do several things at the same time, each in one transaction; return what each returned, refusals as
    None.
    """

    def alone(act):
        try:
            with transaction.atomic():
                return act()
        except ValidationError:
            return None

    return together(*[lambda act=act: alone(act) for act in acts])


def post_at_once(*sent):
    """Send several forms at the same time: (person, address, values). Return the answers' status codes."""
    clients = []
    for person, _, _ in sent:
        clients.append(Client(raise_request_exception=False))
        clients[-1].force_login(person)
    posts = zip(clients, sent, strict=True)
    return together(*[lambda one=one: one[0].post(*one[1][1:]).status_code for one in posts])


def together(*acts):
    """Do several things at the same time and return what each returned."""
    start = Barrier(len(acts))

    def one(act):
        start.wait(10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(one, act) for act in acts]]
