"""The addresses of what the city answers.

They stand among the report's own and are seen in the past like those.
"""

from django.urls import path

from feedback.views import answers
from initiatives.urls import past_of

urlpatterns = [
    path("", answers.answers, name="answers"),
    path("feed/", answers.answers_feed, name="answers_feed"),
    path("<slug:slug>/", answers.one_answer, name="one_answer"),
    *past_of("answer", "<slug:slug>/"),
]
