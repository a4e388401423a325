"""What the engine tells the world."""

from django.dispatch import Signal

# Sent inside the transaction that gave an attempt its last missing mark (or changed a mark).
# Arguments: ``attempt`` (quizzes.models.Attempt), ``at`` (datetime).
attempt_marked = Signal()

# Sent inside the transaction that ended a talk, or that scored an ended one anew after a person's ruling.
# Arguments: ``session`` (quizzes.models.Session), ``at``.
session_marked = Signal()

# Sent inside the transaction that gave a question a version by hand. Arguments: ``version``, ``at``.
question_written = Signal()

# Sent inside the transaction that finished a drill. Arguments: ``run`` (a TypingRun or SortingRun), ``at``.
drill_finished = Signal()
