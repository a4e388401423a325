"""What the tests of interviews share: what a form sends, and one that is handed in."""

from django.urls import reverse
from django.utils import timezone

from quizzes.rules.dialogue.scenario import Dimension
from trainer.commands import interviews as commands
from trainer.rules.interviews import Answer


def fields(interview, score="4", revision=None, **more):
    """All that the page sends, with the same score for every dimension."""
    sent = {"revision": interview.revision if revision is None else revision, "comment": "讲得清楚。"}
    for dimension, prompts in interview.prompts.items():
        sent[f"score-{dimension}"] = score
        sent[f"note-{prompts[0]['slug']}"] = f"{dimension} 举了例子"
    return sent | {key.replace("__", "-"): value for key, value in more.items()}


def url(name, interview):
    return reverse(f"trainer:{name}", args=[interview.pk])


def handed_in(interview, rater, score=4):
    commands.save_draft(
        interview_id=interview.pk,
        rater=rater,
        answers={Dimension(key): Answer(score) for key in interview.prompts},
        comment="好",
        private_notes="只给主管：口音重",
        revision=interview.revision,
        at=timezone.now(),
    )
    return commands.finish_interview(interview_id=interview.pk, rater=rater, at=timezone.now())
