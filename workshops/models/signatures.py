"""Who signs a record of a history: the name stays when the account goes, as with the revisions of entries."""

from django.db import models

LONGEST_NAME = 150


def name_of(user):
    """The name of an account as histories keep it; empty if there is none."""
    return (user.get_full_name() or user.get_username())[:LONGEST_NAME] if user else ""


class Signed(models.Model):
    """Base of what django-simple-history keeps of a record."""

    history_user_name = models.CharField(max_length=LONGEST_NAME, blank=True, default="")

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.history_user_name = name_of(self.history_user)
        super().save(*args, **kwargs)
