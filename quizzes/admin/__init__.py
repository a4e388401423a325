"""The engine's rows in Django's admin, by the noun."""

from quizzes.admin import assessment, roleplay

__all__ = ["assessment", "roleplay"]
