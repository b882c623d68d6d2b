from django.urls import path

from feedback.views import figures, sending

app_name = "feedback"
urlpatterns = [
    path("figures.csv", figures.figures_csv, name="figures_csv"),
    path("", sending.feedback, name="send"),
    path("thanks/", sending.thanks, name="thanks"),
]
