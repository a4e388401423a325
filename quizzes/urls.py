"""The engine's addresses, in groups by who comes there."""

from django.urls import path

from quizzes.views import bank, blueprints

app_name = "quizzes"

urlpatterns: list = [
    # practice and exams
    # marking, appeals, bank and blueprints
    path("bank/", bank.questions, name="bank"),
    path("bank/<str:slug>/", bank.question, name="question"),
    path("bank/<str:slug>/state/", bank.question_state, name="question_state"),
    path("blueprints/", blueprints.blueprint_list, name="blueprints"),
    path("blueprints/new/", blueprints.edit, name="blueprint_edit"),
    path("blueprints/<slug:slug>/", blueprints.blueprint, name="blueprint"),
    path("blueprints/<slug:slug>/edit/", blueprints.edit, name="blueprint_edit"),
]
