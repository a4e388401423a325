from collections import defaultdict
from fractions import Fraction

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

from quizzes.rules.reviews import Answer, remember

BATCH = 200  # people at a time


def make_first_cards(apps, schema_editor):
    """Answers from before there were review cards are asked again, too.

    Cards that are there already were written from all answers and stay; answers to an older version of a question are
    left to the command, which can tell whether only its key differed.
    """
    marks, cards = apps.get_model('quizzes', 'Mark'), apps.get_model('quizzes', 'ReviewCard')
    shown = apps.get_model('quizzes', 'KeyShown')
    answered = marks.objects.filter(superseded=False, step__isnull=False).exclude(item__version__kind='free_text')
    answered = answered.exclude(Q(item__attempt__mode='exam', step__answer__isnull=True))
    people = list(answered.order_by().values_list('item__attempt__learner', flat=True).distinct())
    zone = timezone.get_current_timezone()
    for first in range(0, len(people), BATCH):
        some = people[first : first + BATCH]
        there = set(cards.objects.filter(learner__in=some).values_list('learner', 'question'))
        answers, version, keys = defaultdict(list), {}, defaultdict(list)
        rows = answered.filter(item__attempt__learner__in=some).order_by().values_list(
            'item__attempt__learner', 'item__version__question', 'item__version__question__current', 'item__version',
            'step__saved_at', 'item__attempt__mode', 'numerator', 'denominator',
        )
        for learner, question, current, asked, at, mode, numerator, denominator in rows:
            card = learner, question
            if asked == current and card not in there:
                answers[card].append(Answer(at, Fraction(numerator, denominator), mode == 'practice'))
                version[card] = current
        for learner, question, at in shown.objects.filter(item__attempt__learner__in=some).values_list(
            'item__attempt__learner', 'item__version__question', 'at'
        ):
            keys[learner, question].append(at)
        found = {card: remember(given, keys[card], zone) for card, given in answers.items()}
        cards.objects.bulk_create(
            [
                cards(
                    learner_id=card[0], question_id=card[1], version_id=version[card], stability=memory.stability,
                    difficulty=memory.difficulty, due_on=memory.due_on, last_at=memory.last_at,
                    recalls=memory.recalls, lapses=memory.lapses,
                )
                for card, memory in found.items()
                if memory
            ],
            batch_size=500,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0010_reviews'),
    ]

    operations = [
        migrations.RunPython(make_first_cards, migrations.RunPython.noop),
    ]
