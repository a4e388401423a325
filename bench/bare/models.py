from django.db import models


class Saved(models.Model):
    """The newest answer of a learner to an item, overwritten: what an autosave costs at the very least."""

    learner = models.BigIntegerField()
    item = models.BigIntegerField()
    answer = models.JSONField()

    class Meta:
        app_label = "bare"
        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="saved_once")]

    def __str__(self):
        return f"{self.learner}: {self.item}"
