"""Every address of the site. Each group of lines has one owner noun; the engine's own are in ``quizzes.urls``."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from trainer.views import (
    account,
    assessment,
    assigning,
    attendance,
    changes,
    channels,
    content,
    course_editing,
    course_orders,
    courses,
    errors,
    heat,
    home,
    interviews,
    lesson_edit,
    lessons,
    load_columns,
    load_entries,
    loads,
    meetings,
    notices,
    performance,
    performance_sheets,
    products,
    rechecks,
    record,
    rosters,
    scheme,
    scripts,
    search,
    team,
)

trainer_urls = [
    # home, record, team
    path("", home.home, name="home"),
    path("record/", record.record, name="record"),
    path("team/", team.team, name="team"),
    path("team/heat/", heat.heat, name="heat"),
    path("team/meeting/", meetings.pack, name="meeting"),
    path("team/<int:pk>/actions/", meetings.add, name="action_add"),
    path("team/actions/<int:pk>/", meetings.settle, name="action_settle"),
    path("team/<int:pk>/", team.person, name="person"),
    path("team/<int:pk>/attempts/<int:attempt>/", team.person_attempt, name="person_attempt"),
    # assessment scheme, interviews, performance
    path("team/<int:pk>/assessment/", assessment.assessment, name="assessment"),
    path("record/assessment/", assessment.own_assessment, name="own_assessment"),
    path("scheme/", scheme.scheme, name="scheme"),
    path("scheme/edit/", scheme.edit, name="scheme_edit"),
    path("interviews/", interviews.interviews, name="interviews"),
    path("team/<int:pk>/interviews/start/", interviews.start, name="interview_start"),
    path("interviews/<int:pk>/", interviews.interview, name="interview"),
    path("interviews/<int:pk>/save/", interviews.save, name="interview_save"),
    path("interviews/<int:pk>/second/", interviews.second, name="interview_second"),
    path("interviews/<int:pk>/correct/", interviews.correct, name="interview_correct"),
    path("performance/", performance.performance, name="performance"),
    path("team/<int:pk>/performance/", performance.entry, name="performance_entry"),
    path("performance/new/", performance_sheets.new, name="performance_new"),
    path("performance/template/", performance_sheets.template, name="performance_template"),
    path("performance/<int:pk>/", performance_sheets.sheet, name="performance_sheet"),
    path("performance/<int:pk>/step/", performance_sheets.step, name="performance_step"),
    # re-checks, products, notices
    path("rechecks/", rechecks.rechecks, name="rechecks"),
    path("rechecks/<int:pk>/", rechecks.recheck, name="recheck"),
    path("rechecks/<int:pk>/start/", rechecks.start, name="recheck_start"),
    path("rechecks/<int:pk>/excuse/", rechecks.excuse, name="recheck_excuse"),
    path("products/", products.products, name="products"),
    path("products/<path:sku>/", products.product, name="product"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.open_notice, name="notice"),
    # account
    path("account/", account.account, name="account"),
    path("account/theme/", account.theme, name="theme"),
    # lessons and search
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<slug:slug>/", lessons.lesson, name="lesson"),
    path("lessons/<slug:slug>/reached-end/", lessons.lesson_end, name="lesson_end"),
    path("lessons/<slug:slug>/progress/", lessons.lesson_progress, name="lesson_progress"),
    # courses
    path("courses/", courses.courses, name="courses"),
    path("courses/<slug:slug>/", courses.course, name="course"),
    # assigning
    path("assignments/", assigning.assignments, name="assignments"),
    path("assignments/new/", assigning.assign, name="assign"),
    path("assignments/undo/<uuid:batch>/", assigning.undo, name="assign_undo"),
    path("assignments/<int:pk>/end/", assigning.end, name="assignment_end"),
    path("assignments/orders/", course_orders.orders, name="orders"),
    path("assignments/orders/<slug:kind>/<int:pk>/end/", course_orders.order_end, name="order_end"),
    # courses kept, rosters, trainings, channels
    path("courses-kept/", course_editing.course_list, name="course_list"),
    path("courses-kept/new/", course_editing.course_edit, name="course_new"),
    path("courses-kept/<slug:slug>/", course_editing.course_edit, name="course_edit"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/<int:pk>/", rosters.roster, name="roster"),
    path("rosters/<int:pk>/days/<int:day>/remove/", rosters.day_remove, name="roster_day_remove"),
    path("trainings/", attendance.sessions, name="sessions"),
    path("trainings/<int:pk>/", attendance.attendance, name="session_attendance"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<int:pk>/test/", channels.test, name="channel_test"),
    path("channels/<int:pk>/delete/", channels.delete, name="channel_delete"),
    path("search/", search.search, name="search"),
    # scripts
    path("scripts/", scripts.scripts, name="scripts"),
    path("scripts/new/", scripts.edit, name="script_new"),
    path("scripts/<slug:slug>/", scripts.script, name="script"),
    path("scripts/<slug:slug>/edit/", scripts.edit, name="script_edit"),
    path("scripts/<slug:slug>/step/", scripts.step, name="script_step"),
    # content
    path("content/", content.content, name="content"),
    path("content/lessons/", content.lessons, name="content_lessons"),
    path("content/lessons/<slug:slug>/", content.lesson, name="content_lesson"),
    path("content/lessons/<slug:slug>/edit/", lesson_edit.edit, name="content_edit"),
    path("content/lessons/<slug:slug>/<int:number>/", changes.impact, name="content_impact"),
    # loading
    path("loads/", loads.loads, name="loads"),
    path("loads/new/", loads.new, name="load_new"),
    path("loads/template/", load_columns.template, name="load_template"),
    path("loads/<int:pk>/", loads.load, name="load"),
    path("loads/<int:pk>/progress/", loads.progress, name="load_progress"),
    path("loads/<int:pk>/step/", loads.step, name="load_step"),
    path("loads/<int:pk>/files/<int:file>/columns/", load_columns.columns, name="load_columns"),
    path("loads/<int:pk>/open/", load_entries.decide_open, name="load_open"),
    path("loads/<int:pk>/entries/<int:entry>/edit/", load_entries.edit, name="load_entry_edit"),
    path("loads/<int:pk>/entries/<int:entry>/", load_entries.decide, name="load_entry"),
]

urlpatterns = [
    path("", include((trainer_urls, "trainer"))),
    path("", include("quizzes.urls")),
    path("accounts/login/", account.SignIn.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", account.ChangePassword.as_view(), name="password_change"),
    path("accounts/password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("accounts/set-password/<uidb64>/<token>/", account.SetPassword.as_view(), name="password_set"),
    path("accounts/sso/", include("trainer.sso.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
