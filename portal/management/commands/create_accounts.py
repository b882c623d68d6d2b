"""Makes the first staff accounts of a new machine."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    """In: settings.FIRST_ACCOUNTS.

    Out: a line for each account with its password, which is kept nowhere else.
    """

    help = "Makes an account for each role, with random passwords, where nobody can sign in yet."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()
        if users.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
            self.stdout.write("      There are accounts already; they stay as they are.")
            return
        self.stdout.write("      Write these down: they are shown once.\n")
        self.stdout.write(f"      {'user name':<12}{'password':<26}may")
        for name, group, words in settings.FIRST_ACCOUNTS:
            password = secrets.token_urlsafe(15)
            user = users.objects.create_user(name, password=password, is_staff=True, is_superuser=not group)
            if group:
                user.groups.add(Group.objects.get(name=group))
            self.stdout.write(f"      {name:<12}{password:<26}{words}")
