from importlib import import_module

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        """Make the report and the desk know of feedback, once the models are there."""
        import_module("feedback.registration").register()
