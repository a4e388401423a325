"""System checks: a deployment that would be unsafe or silent about a mistake does not start."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from trainer.sso.configured import PROVIDERS


@register(Tags.security)
def secret_key_is_set(app_configs, **kwargs):
    if settings.DEBUG or settings.TESTING:
        return []
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # what Django raises for an empty one
        key = ""
    if len(key) < 40 or "for-development-only" in key:
        return [
            Error(
                "SECRET_KEY is missing or too short.",
                hint="Set SECRET_KEY in the environment to at least 40 random characters.",
                id="trainer.E001",
            )
        ]
    return []


@register(Tags.security)
def hosts_are_named(app_configs, **kwargs):
    if not settings.DEBUG and "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS must name the hosts.", hint="List them, comma-separated.", id="trainer.E002")]
    return []


@register()
def time_zone_is_known(app_configs, **kwargs):
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return [Error(f"TIME_ZONE {settings.TIME_ZONE!r} is unknown.", hint="e.g. Asia/Shanghai", id="trainer.E003")]
    return []


@register()
def uploads_are_bounded(app_configs, **kwargs):
    if not 1024 * 1024 <= settings.LARGEST_UPLOAD <= 200 * 1024 * 1024:
        return [Error("LARGEST_UPLOAD_MB must be from 1 to 200.", hint="20 is the default.", id="trainer.E005")]
    if settings.LARGEST_REQUEST < settings.LARGEST_UPLOAD:
        message = "LARGEST_REQUEST_MB must not be less than LARGEST_UPLOAD_MB."
        return [Error(message, hint="100 is the default.", id="trainer.E007")]
    return []


@register(Tags.security)
def outside_model_is_complete(app_configs, **kwargs):
    model = settings.QUIZZES_OUTSIDE_MODEL
    if not model["url"]:
        return []
    if not (model["url"].startswith("https://") or settings.DEBUG or settings.TESTING):
        message = "OUTSIDE_MODEL_URL must begin with https://."
        return [Error(message, hint="What trainees wrote would be readable on the way.", id="trainer.E010")]
    if not model["name"] or not 1 <= model["seconds"] <= 60:
        message = "OUTSIDE_MODEL_NAME is missing, or OUTSIDE_MODEL_SECONDS is not from 1 to 60."
        return [Error(message, hint="15 seconds are the default.", id="trainer.E011")]
    return []


@register()
def background_is_known(app_configs, **kwargs):
    if settings.BACKGROUND not in ("database", "immediate"):
        return [
            Error(
                f"BACKGROUND {settings.BACKGROUND!r} is unknown.",
                hint="'database' (the default, worked by manage.py work) or 'immediate' (inside the request).",
                id="trainer.E006",
            )
        ]
    return []


@register()
def sign_in_is_throttled(app_configs, **kwargs):
    if settings.AXES_FAILURE_LIMIT < 1 or settings.AXES_COOLOFF_TIME <= 0:
        return [
            Error(
                "SIGN_IN_FAILURES and SIGN_IN_COOLOFF_HOURS must be positive.",
                hint="5 and 0.25 are the defaults.",
                id="trainer.E004",
            )
        ]
    return []


@register()
def sign_ins_are_complete(app_configs, **kwargs):
    """A sign-in of which only some variables are set would be off without a word."""
    missing = [(provider, provider.missing(settings.SSO_VALUES)) for provider in PROVIDERS]
    errors = [
        Error(
            f"Signing in with {provider.id} is only half configured.",
            hint=f"Set {', '.join(names)} as well, or none of them. See docs/single-sign-on.md.",
            id="trainer.E008",
        )
        for provider, names in missing
        if names
    ]
    server = settings.SSO_VALUES.get("SSO_OIDC_SERVER", "")
    if server and not server.startswith("https://") and not (settings.DEBUG or settings.TESTING):
        errors.append(Error("SSO_OIDC_SERVER must begin with https://.", id="trainer.E009"))
    return errors
