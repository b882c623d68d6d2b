from importlib import import_module

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "The report"

    def ready(self) -> None:
        """Connect the receivers of signals, once the models are there."""
        import_module("initiatives.desk.notifications")
