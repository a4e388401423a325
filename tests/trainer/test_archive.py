"""The archive of one person: everything about them, nothing about others, and a note of who took it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.assessment import InterviewFactory, InterviewScoreFactory
from tests.factories.certificates import CertificateEventFactory, CertificateFactory
from tests.factories.quizzes import AttemptFactory
from tests.factories.roleplay import SessionFactory
from tests.factories.trainer import NoticeFactory
from tests.trainer.deciding import decided, marked_by, standard_plan
from trainer.models import PerformanceLine, User
from trainer.queries.archive import archive, archive_json
from trainer.rules.packet import digest

pytestmark = pytest.mark.django_db
QUERIES = 45  # the person's roles, and one for each section


def archive_of(person):
    return json.loads("".join(archive_json(person, at=timezone.now())))


def test_it_holds_what_was_done_and_judged(trainee, supervisor, admin):
    standard_plan()
    attempt = marked_by(trainee, supervisor)
    decision = decided(trainee, admin)
    CertificateEventFactory(certificate=CertificateFactory(holder=trainee))
    form = InterviewFactory(learner=trainee, rater=supervisor, final=True, comment="说得清楚", private_notes="只给主管")
    InterviewScoreFactory(interview=form)

    found = archive_of(trainee)

    assert (found["version"], found["person"]["username"]) == (1, trainee.username)
    assert attempt.pk in [one["id"] for one in found["exams"]]
    assert {one["attempt_id"] for one in found["items"]} <= {one["id"] for one in found["exams"]}
    assert "说得清楚" in str(found["interviews"]) and len(found["interview_scores"]) == 1
    assert "只给主管" not in json.dumps(found, ensure_ascii=False)
    frozen = found["decisions"][0]
    assert digest(frozen["packet"]) == frozen["digest"] == decision.digest
    assert len(found["certificates"]) == 2 and found["certificate_events"]


def test_no_kind_of_record_about_a_person_is_forgotten():
    """A new model that belongs to a person has to be in the archive, too."""
    about = {
        model
        for model in (*apps.get_app_config("quizzes").get_models(), *apps.get_app_config("trainer").get_models())
        for field in model._meta.fields
        if field.related_model is User and field.name in ("learner", "holder", "person", "author")
    }

    missing = about - {rows.model for _name, rows in archive(User(pk=1))}

    assert missing == {PerformanceLine}  # lines of a file; what they gave is in the months


def test_nothing_of_others_and_no_draft_is_in_it(trainee, supervisor):
    other = AttemptFactory(submitted=True).learner
    SessionFactory(learner=other)
    NoticeFactory(person=other)
    InterviewFactory(learner=trainee, rater=supervisor, comment="草稿")

    found = archive_of(trainee)

    assert not any(found[name] for name in ("exams", "items", "talks", "notices", "interviews"))


@pytest.mark.parametrize("exams", [1, 3])
def test_it_costs_the_same_for_any_length(trainee, exams, django_assert_num_queries):
    AttemptFactory.create_batch(exams, learner=trainee, submitted=True)

    with django_assert_num_queries(QUERIES):
        archive_of(trainee)


def test_one_takes_ones_own_and_it_is_noted(client, trainee):
    client.force_login(trainee)

    response = client.post("/record/archive/")

    with ZipFile(BytesIO(b"".join(response.streaming_content))) as file:
        assert file.namelist() == ["archive.json", "archive.pdf"]
        assert json.loads(file.read("archive.json"))["person"]["id"] == trainee.pk
        assert file.read("archive.pdf").startswith(b"%PDF")
    entry = AuditEntry.objects.get(action="export_archive")
    assert (entry.by, entry.target) == (trainee, f"user:{trainee.pk}")


def test_a_stranger_finds_nothing_and_nothing_is_noted(client, trainee, other_supervisor):
    client.force_login(other_supervisor)

    assert client.post(f"/team/{trainee.pk}/archive/").status_code == 404
    assert not AuditEntry.objects.filter(action="export_archive").exists()


def test_the_command_writes_a_file_once(trainee, tmp_path):
    out = tmp_path / "archive.zip"

    call_command("export_archive", trainee.username, out=out)

    assert ZipFile(out).testzip() is None
    with pytest.raises(CommandError):
        call_command("export_archive", trainee.username, out=out)
    with pytest.raises(CommandError):
        call_command("export_archive", "nobody", out=tmp_path / "other.zip")
