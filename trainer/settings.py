"""All settings in one file, from the environment; ``trainer.checks`` validates them at start.

Without ``DEBUG`` everything is closed by default: a secret key, allowed hosts and HTTPS are required.
"""

import sys
from datetime import time
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from trainer.sso.configured import PROVIDERS, VARIABLES, allauth_providers

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="for-development-only-never-serve-with-it" if DEBUG or TESTING else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not (DEBUG or TESTING))

INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",  # before the training house, whose admin leaves the queue out, and allauth's tables
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "trainer.apps.TrainerConfig",
    "quizzes.apps.QuizzesConfig",
    "trainer.apps.TidyAdminConfig",
    "trainer.sso",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "bs_icon_templates",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; WhiteNoise has its files compressed already
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trainer.views.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "trainer.urls"
WSGI_APPLICATION = "trainer.wsgi.application"
ASGI_APPLICATION = "trainer.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "trainer.views.frame.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data ------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'training.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits for its turn at BEGIN instead of failing halfway
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Wrong tokens and tries to sign in are counted here: all workers have to see the same.
SHARED_CACHE = "dbcache://site_cache?max_entries=10000"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://" if TESTING else SHARED_CACHE)}

# --- people ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "trainer.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "trainer:home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * env.int("PASSWORD_LINK_DAYS", default=7)  # of links to set a password with
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=5)
AXES_COOLOFF_TIME = env.float("SIGN_IN_COOLOFF_HOURS", default=0.25)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "trainer.views.account.locked"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # people are unlocked where they are kept

# --- the company's sign-in --------------------------------------------------------------------------------
SSO_VALUES = {name: env.str(name, default="") for name in VARIABLES}
SSO = [provider.id for provider in PROVIDERS if provider.is_on(SSO_VALUES)]
SOCIALACCOUNT_PROVIDERS = allauth_providers(SSO_VALUES)
SOCIALACCOUNT_ADAPTER = "trainer.sso.adapter.CompanyAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another site, by our content security policy
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
ACCOUNT_EMAIL_VERIFICATION = "none"

# --- other systems ---------------------------------------------------------------------------------------
WEBHOOKS_PRIVATE = env.bool("WEBHOOKS_PRIVATE", default=DEBUG or TESTING)  # also plain http, and our own network
API_FAILURES, API_FAILURE_SECONDS = 20, 15 * 60  # wrong tokens from one address before it has to wait

# --- the engine's windows on the house around it -----------------------------------------------------
QUIZZES_LEARNERS_IN_REACH = "trainer.permissions.learners_in_reach"
QUIZZES_COUNTED = "trainer.queries.periods.this_period"
QUIZZES_LESSON_LINKS = "trainer.queries.lessons.lesson_links"
QUIZZES_ATTEMPT_NOTE = "trainer.queries.attempt_notes.note_on"
QUIZZES_PHRASES = "trainer.queries.scripts.quick_phrases"
QUIZZES_TAUGHT = "trainer.queries.script_effect.scripts_judged_otherwise"

# --- decisions about people ------------------------------------------------------------------------------
DECISION_BY_TWO = env.bool("DECISION_BY_TWO", default=False)  # every decision needs a countersign
DECISION_APPEAL_DAYS = env.int("DECISION_APPEAL_DAYS", default=7)  # so long an appeal is taken
DECISION_ANSWER_DAYS = env.int("DECISION_ANSWER_DAYS", default=7)  # within which the trainee is promised an answer

# --- certificates ----------------------------------------------------------------------------------------
SITE_NAME = env.str("SITE_NAME", default="客服学堂")  # who issues them
BADGE_KEY_FILE = Path(env.str("BADGE_KEY_FILE", default=str(VAR_DIR / "badge-key.pem")))  # made when it is not there
CERTIFICATE_MONTHS = env.int("CERTIFICATE_MONTHS", default=12)
RETENTION_MONTHS = env.int("RETENTION_MONTHS", default=24)  # after somebody left, their name may be taken off

# --- an outside language model (chat-completions protocol) -----------------------------------------------
# Not asked unless it is named here and an admin switches it on.
QUIZZES_OUTSIDE_MODEL = {
    "url": env.str("OUTSIDE_MODEL_URL", default=""),
    "name": env.str("OUTSIDE_MODEL_NAME", default=""),
    "key": env.str("OUTSIDE_MODEL_KEY", default=""),
    "seconds": env.float("OUTSIDE_MODEL_SECONDS", default=15),
}

# --- loading content -------------------------------------------------------------------------------------
LARGEST_UPLOAD = env.int("LARGEST_UPLOAD_MB", default=20) * 1024 * 1024  # of one file
LARGEST_REQUEST = env.int("LARGEST_REQUEST_MB", default=100) * 1024 * 1024  # of all files that are sent at once
READ_FILES_APART = env.bool("READ_FILES_APART", default=not TESTING)  # in a process of its own, with limits
FILE_UPLOAD_HANDLERS = ["trainer.views.uploads.BoundedUpload"]
READ_AT_ONCE = 200 * 1024  # files up to so many bytes together are read inside the request
CONTENT_REVIEW_BY_TWO = env.bool("CONTENT_REVIEW_BY_TWO", default=False)
BACKGROUND = env.str("BACKGROUND", default="database" if not TESTING else "immediate")
TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
        }.get(BACKGROUND, "django_tasks_db.DatabaseBackend")
    }
}

# --- reminders -------------------------------------------------------------------------------------------
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")  # what links in messages begin with
EMAIL_READY = bool(env.str("EMAIL_URL", default="")) or TESTING
vars().update(env.email("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="training@localhost")
QUIET_FROM, QUIET_UNTIL = time(21), time(9)  # e-mails wait; a group's hours are set with its robot
ROBOT_TEST_HOSTS = ("127.0.0.1",) if DEBUG or TESTING else ()  # may stand for a vendor, by http, too

# --- language and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
FORMAT_MODULE_PATH = ["trainer.formats"]

# --- static files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "trainer.static_finders.PackagedFiles",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- security --------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its form marks from data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "trainer.views.errors.csrf_failure"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO" if not TESTING else "ERROR")},
    "loggers": {"weasyprint": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}, "urllib3": {"level": "ERROR"}},
}
