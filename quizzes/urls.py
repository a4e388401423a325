"""The engine's addresses, in groups by who comes there."""

from django.urls import path  # noqa: F401 - the groups below use it

app_name = "quizzes"

urlpatterns: list = [
    # practice and exams
    # marking, appeals, bank and blueprints
]
