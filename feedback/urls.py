from django.urls import path

from feedback.views import sending

app_name = "feedback"
urlpatterns = [
    path("", sending.send, name="send"),
    path("thanks/", sending.thanks, name="thanks"),
]
