"""The engine's addresses, in groups by who comes there."""

from django.urls import path

from quizzes.views import (
    appeals,
    bank,
    blueprints,
    corrections,
    exams,
    exports,
    marking,
    practice,
    printing,
    results,
    saving,
    sitting,
    time,
    writing,
)

app_name = "quizzes"

urlpatterns: list = [
    # practice and exams
    path("practice/", practice.practice, name="practice"),
    path("practice/start/", practice.practice_start, name="practice_start"),
    path("practice/<int:pk>/", practice.practice_run, name="practice_run"),
    path("practice/items/<int:pk>/answer/", practice.practice_answer, name="practice_answer"),
    path("notebook/", practice.notebook_page, name="notebook"),
    path("exams/", exams.exams, name="exams"),
    path("exams/<slug:slug>/", exams.exam, name="exam"),
    path("exams/<slug:slug>/start/", exams.exam_start, name="exam_start"),
    path("attempts/", exams.attempts, name="attempts"),
    path("attempts/<int:pk>/", sitting.sitting, name="sitting"),
    path("attempts/<int:pk>/save/", saving.save, name="save"),
    path("attempts/<int:pk>/flag/", saving.flag, name="flag"),
    path("attempts/<int:pk>/leave/", saving.leave, name="leave"),
    path("attempts/<int:pk>/hand-in/", sitting.hand_in, name="hand_in"),
    path("attempts/<int:pk>/result/", results.result, name="result"),
    path("attempts/<int:pk>/review/", results.review, name="review"),
    path("items/<int:pk>/appeal/", results.appeal, name="appeal"),
    # marking, appeals, bank and blueprints
    path("marking/", marking.queue, name="marking"),
    path("marking/<int:pk>/", marking.mark_item, name="mark_item"),
    path("appeals/", appeals.queue, name="appeals"),
    path("appeals/<int:pk>/", appeals.decide, name="decide_appeal"),
    path("time/<int:pk>/", time.grant, name="grant_time"),
    path("bank/", bank.questions, name="bank"),
    path("bank/new/", writing.new, name="question_new"),
    path("bank/export/", exports.export, name="bank_export"),
    path("bank/<str:slug>/", bank.question, name="question"),
    path("bank/<str:slug>/state/", bank.question_state, name="question_state"),
    path("bank/<str:slug>/edit/", writing.edit, name="question_edit"),
    path("bank/<str:slug>/correct/", corrections.correct, name="correct_key"),
    path("blueprints/", blueprints.blueprint_list, name="blueprints"),
    path("blueprints/new/", blueprints.edit, name="blueprint_edit"),
    path("blueprints/<slug:slug>/", blueprints.blueprint, name="blueprint"),
    path("blueprints/<slug:slug>/edit/", blueprints.edit, name="blueprint_edit"),
    path("blueprints/<slug:slug>/print/", printing.print_paper, name="print_paper"),
]
