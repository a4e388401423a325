"""What the training house tells its own later parts."""

from django.dispatch import Signal

# Sent inside the transaction in which a decision about a person became final, an appeal's outcome included.
# Arguments: ``decision`` (trainer.models.Decision), ``at`` (datetime).
decided = Signal()
