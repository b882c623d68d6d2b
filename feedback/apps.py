from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        """Make the report know answers: where they are listed, previewed, told of, seen in the past and redacted.

        And make the memory that all workers share, in the process that they are forked from.
        """
        from feedback import memory  # noqa: F401
        from feedback.views.answers import answers_page
        from initiatives import addresses, history, redaction
        from initiatives.views import as_of, pages, sitemap

        addresses.LISTED_ON["answer"] = "answers"
        history.TOLD.append("answer")
        pages.PAGES["answer"] = answers_page
        sitemap.FIXED.append("answers")
        as_of.PAGES |= {"answers", "answer_history", "answer_version", "answer_content", "answer_compare"}
        redaction.PLACES["feedback.Comment"] = redaction.PLACES["feedback.DailyCount"] = ("page", "title")
        redaction.PLACES["feedback.Note"] = ("text",)
