"""Monthly figures: sheets previewed, confirmed whole and taken back, on pages and from the shell."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.assessment import PerformanceMonthFactory
from tests.factories.trainer import EmploymentFactory, UserFactory
from tests.trainer.performing import LONG_HERE, OCTOBER, figures
from trainer.commands import performance_sheets as commands
from trainer.commands.demo_assessment import last_months_rows
from trainer.commands.performance import enter_performance
from trainer.management.commands.prepare import CURRICULUM
from trainer.models import PastEmployment, PerformanceMonth, PerformanceSheet
from trainer.permissions import learners_in_reach
from trainer.rules.vocabulary import EmploymentState, Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hired_in_september")]

HEAD = "姓名,首次响应（秒）,满意度（%）\n"
DEMO_FILE = CURRICULUM.parent / "demo" / "performance-2026-10.csv"


def preview(by, text, month=OCTOBER, token=None):
    return commands.preview_sheet(
        token=token or uuid4(),
        name="十月.csv",
        data=(HEAD + text).encode(),
        month=month,
        reach=learners_in_reach(by),
        by=by,
        at=timezone.now(),
    )


def confirm(sheet, by, **more):
    return commands.confirm_sheet(sheet_id=sheet.pk, reach=learners_in_reach(by), by=by, at=timezone.now(), **more)


def states(sheet):
    return {line.name: line.state for line in sheet.lines.all()}


def problems(sheet):
    return {line.line: "".join(line.problems) for line in sheet.lines.all() if line.problems}


# --- sheets ------------------------------------------------------------------------------------------------


def test_nothing_changes_before_the_confirmation_and_the_same_file_again_changes_nothing(trainee, supervisor):
    sheet = preview(supervisor, "小林,24,92\n")
    assert states(sheet) == {"小林": "new"}
    assert figures() == {}

    confirm(sheet, supervisor)

    assert figures() == {("小林", 10): {Figure.FIRST_REPLY: 24, Figure.SATISFACTION: 92}}
    again = preview(supervisor, "小林,24,92\n")
    assert states(again) == {"小林": "same"}
    with pytest.raises(commands.NothingNew):
        confirm(again, supervisor)
    assert AuditEntry.objects.filter(action="confirm_performance").count() == 1


def test_the_same_form_sent_twice_makes_one_sheet_and_confirming_twice_is_once(trainee, supervisor):
    token = uuid4()
    sheets = {preview(supervisor, "小林,24,92\n", token=token).pk for _ in range(2)}
    assert len(sheets) == 1
    sheet = PerformanceSheet.objects.get()
    confirm(sheet, supervisor)

    with pytest.raises(commands.NotNow):
        confirm(sheet, supervisor)


def test_differences_are_shown_by_person_and_month(trainee, supervisor):
    PerformanceMonthFactory(learner=trainee, month=OCTOBER, conversion=Decimal(40))

    line = preview(supervisor, "小林,30,\n").lines.get()

    assert (line.state, line.before["figures"]["first_reply"], line.figures) == (
        "changed", "24.00", {"first_reply": "30.00"},
    )  # fmt: skip


def test_what_a_sheet_is_silent_on_stays(trainee, supervisor):
    PerformanceMonthFactory(learner=trainee, month=OCTOBER, conversion=Decimal(40))

    confirm(preview(supervisor, "小林,30,\n"), supervisor)

    assert figures()["小林", 10] == {
        Figure.FIRST_REPLY: 30, Figure.CONVERSION: 40, Figure.SATISFACTION: Decimal("92.5"),
    }  # fmt: skip


def test_lines_that_are_not_understood_are_named_one_by_one(trainee, supervisor, other_supervisor):
    EmploymentFactory(
        user=UserFactory(role="trainee", display_name="别组的人"), team=other_supervisor.teams.get(), **LONG_HERE
    )
    for _ in range(2):
        EmploymentFactory(
            user=UserFactory(role="trainee", display_name="同名"), team=supervisor.teams.get(), **LONG_HERE
        )

    found = problems(preview(supervisor, "没有这人,24,92\n别组的人,24,92\n同名,24,92\n小林,24,92\n小林,25,93\n"))

    assert "没有叫“没有这人”的在职学员" in found[2]
    assert "不在你带的小组里" in found[3]
    assert "2 个人叫“同名”" in found[4]
    assert "写了两次，另见第 6 行" in found[5] and "另见第 5 行" in found[6]


def test_a_future_month_is_refused(trainee, supervisor):
    assert "还没有到" in problems(preview(supervisor, "小林,24,92\n", month=date(2099, 1, 1)))[2]


def test_a_month_before_somebody_was_hired_is_named_by_line(trainee, supervisor):
    """The month of the hire date counts; an earlier period of employment, too."""
    assert "还没有入职（2026-09-03 入职）" in problems(preview(supervisor, "小林,24,92\n", month=date(2026, 8, 1)))[2]
    assert not problems(preview(supervisor, "小林,24,92\n", month=date(2026, 9, 1)))

    earlier = {"hired_on": date(2026, 1, 5), "probation_ends_on": date(2026, 4, 1), "left_on": date(2026, 6, 1)}
    PastEmployment.objects.create(employment=trainee.employment, period=1, state=EmploymentState.PROBATION, **earlier)
    assert not problems(preview(supervisor, "小林,24,92\n", month=date(2026, 8, 1)))
    assert problems(preview(supervisor, "小林,24,92\n", month=date(2025, 12, 1)))


def test_with_problems_nothing_is_loaded_unless_somebody_says_so(trainee, supervisor):
    sheet = preview(supervisor, "小林,24,92\n没有这人,24,92\n")
    with pytest.raises(commands.HasProblems):
        confirm(sheet, supervisor)
    assert figures() == {}

    confirm(sheet, supervisor, leave_out=True)

    assert list(figures()) == [("小林", 10)]


def test_a_preview_that_was_overtaken_is_compared_again(client, trainee, supervisor):
    sheet = preview(supervisor, "小林,24,92\n")
    enter_performance(
        learner=trainee, month=OCTOBER, figures={Figure.SATISFACTION: Decimal(80)}, by=supervisor, at=timezone.now()
    )
    client.force_login(supervisor)

    response = client.post(reverse("trainer:performance_step", args=[sheet.pk]), {"go": "confirm"}, follow=True)

    assert "已经重新比较过" in response.content.decode()
    assert states(sheet) == {"小林": "changed"}
    assert figures()["小林", 10] == {Figure.SATISFACTION: 80}
    confirm(sheet, supervisor)
    assert figures()["小林", 10][Figure.SATISFACTION] == 92


def test_somebody_who_left_the_team_after_the_preview_is_not_loaded(trainee, supervisor, other_supervisor):
    sheet = preview(supervisor, "小林,24,92\n")
    trainee.employment.team = other_supervisor.teams.get()
    trainee.employment.save()

    with pytest.raises(commands.MovedOn):
        confirm(sheet, supervisor)
    commands.compare_again(sheet_id=sheet.pk, reach=learners_in_reach(supervisor))

    assert states(sheet) == {"小林": "problem"}


def test_a_roll_back_restores_what_stood_and_keeps_what_was_changed_since(trainee, supervisor):
    other = EmploymentFactory(
        user=UserFactory(role="trainee", display_name="小赵"), team=supervisor.teams.get(), **LONG_HERE
    ).user
    first = preview(supervisor, "小林,24,92\n小赵,30,90\n")
    confirm(first, supervisor)
    second = preview(supervisor, "小林,20,95\n小赵,28,91\n")
    confirm(second, supervisor)
    enter_performance(
        learner=other, month=OCTOBER, figures={Figure.FIRST_REPLY: Decimal(50)}, reason="抄错了", by=supervisor,
        at=timezone.now(),
    )  # fmt: skip

    kept = commands.roll_back_sheet(sheet_id=second.pk, by=supervisor, at=timezone.now())

    assert kept == 1
    assert figures()["小林", 10] == {Figure.FIRST_REPLY: 24, Figure.SATISFACTION: 92}
    assert figures()["小赵", 10] == {Figure.FIRST_REPLY: 50}
    assert commands.roll_back_sheet(sheet_id=first.pk, by=supervisor, at=timezone.now()) == 1
    assert list(figures()) == [("小赵", 10)]
    with pytest.raises(commands.NotNow):
        commands.roll_back_sheet(sheet_id=first.pk, by=supervisor, at=timezone.now())


def test_from_upload_to_roll_back_on_the_pages(client, trainee, supervisor):
    client.force_login(supervisor)
    file = SimpleUploadedFile("十月.csv", (HEAD + "小林,1:20,92\n没有这人,24,92\n").encode())

    page = client.post("/performance/new/", {"token": uuid4(), "file": file, "month": "2026-10"}, follow=True)

    sheet = PerformanceSheet.objects.get()
    assert "没有叫“没有这人”的在职学员" in page.content.decode()
    assert "80 秒" in client.get(f"/performance/{sheet.pk}/?state=new").content.decode()
    step = f"/performance/{sheet.pk}/step/"
    assert "还有看不懂的行" in client.post(step, {"go": "confirm"}, follow=True).content.decode()
    client.post(step, {"go": "confirm", "leave_out": "1"})
    assert figures()["小林", 10][Figure.FIRST_REPLY] == 80
    client.post(step, {"go": "roll-back"})
    assert figures() == {}


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", "题干,答案\n一加一,二".encode(), HEAD.encode()])
def test_a_bad_file_is_refused_on_the_form(client, supervisor, data):
    client.force_login(supervisor)

    response = client.post("/performance/new/", {"token": uuid4(), "file": SimpleUploadedFile("a.csv", data)})

    assert response.status_code == 422
    assert not PerformanceSheet.objects.exists()


def test_the_template_names_ones_own_people(client, trainee, supervisor, other_supervisor):
    client.force_login(supervisor)

    data = client.get("/performance/template/").content

    read = commands.read_apart(data, "模板.xlsx", OCTOBER)
    assert [line.name for line in read.lines] == ["小林"]


# --- the shell ---------------------------------------------------------------------------------------------


def run(path, *options):
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("load_performance", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue(), err.getvalue()


def test_the_demo_file_is_what_our_code_writes():
    written = "".join(",".join(row) + "\n" for row in last_months_rows())

    assert DEMO_FILE.read_text(encoding="utf-8-sig") == written


def test_the_demo_file_loads_from_the_shell_and_twice_is_once(admin):
    for name in ("刘静怡", "王睿", "唐未", "孙启明"):
        EmploymentFactory(user=UserFactory(role="trainee", display_name=name), **LONG_HERE)

    assert run(DEMO_FILE, "--month", "2026-10", "--dry-run")[0] == 0
    assert not PerformanceMonth.objects.exists()
    status, out, _ = run(DEMO_FILE, "--month", "2026-10", "--json")
    assert (status, json.loads(out)["files"][0]["new"]) == (0, 4)
    status, out, _ = run(DEMO_FILE, "--month", "2026-10", "--json")
    assert (status, json.loads(out)["files"][0]["same"]) == (0, 4)
    assert PerformanceMonth.objects.count() == 4 and PerformanceSheet.objects.count() == 1


def test_a_file_with_a_problem_is_not_loaded_from_the_shell(admin, trainee, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "小林,24,92\n没有这人,24,92\n")

    status, _, err = run(path, "--month", "2026-10")

    assert status == 1 and "第 3 行" in err
    assert not PerformanceMonth.objects.exists() and not PerformanceSheet.objects.exists()
    assert run(tmp_path / "missing.csv")[0] == 1
