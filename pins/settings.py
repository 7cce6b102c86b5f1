"""All settings, read from the environment (and `.env` when there is one); docs/operations.md lists them."""

import atexit
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from pins.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

TESTING = "pytest" in sys.modules
env = Environment()
if not TESTING:
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("PINS_DEMO", default=False)
"""The demonstration: made-up people with a known password, and an outbox that shows every message."""

if TESTING:  # a folder of each test process's own, gone afterwards
    _test_folder = tempfile.TemporaryDirectory(prefix="pins-test-")
    atexit.register(_test_folder.cleanup)
    DATA_DIR = Path(_test_folder.name)
    (DATA_DIR / "static").mkdir()
else:
    # From the project's folder, whatever folder a command was typed in: it is one installation.
    DATA_DIR = (BASE_DIR / env("PINS_DATA_DIR", default=".data")).resolve()


def _embedded_secret_key() -> str:
    """A key of this data folder's own, made once; `check --deploy` refuses it in production."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(f"insecure-embedded-{get_random_secret_key()}")
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _embedded_secret_key()
SITE_URL = env("PINS_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "core",
    "accounts",
    "schools",
    "visits",
    "training",
    "audits",
    "pins",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.content_policy.SamePolicy",
    "core.private_answers.NothingStored",
    "core.plain_requests.PlainRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pins.errors.NotAllowedPage",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.held_posts.HeldPostMiddleware",
    "accounts.requests.SignInRequired",
]

ROOT_URLCONF = "pins.urls"
WSGI_APPLICATION = "pins.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every form needs the tag of the first, every page the second.
            "builtins": ["accounts.templatetags.held_posts", "core.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.programme",
                "pins.context_processors.navigation",
            ],
        },
    },
    {
        "NAME": "parts",  # core/parts.py asks for it by this name; pages are Django's
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "core.parts.environment"},
    },
]

# Data ------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'pins.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
# Opening SQLite costs a page more than its queries do; a server process keeps its one connection.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLATION = env("PINS_QUEUE", default="pins")
"""What this installation calls its own in a Redis that it shares: queues, and keys of the cache."""
REDIS_URL = env("REDIS_URL", default="")
if TESTING and REDIS_URL:  # each test process empties its own cache, and only that
    _redis = urlsplit(REDIS_URL)
    _number = int(_redis.path.strip("/") or 0) + int(env("PYTEST_XDIST_WORKER", default="gw0")[2:]) + 1
    REDIS_URL = _redis._replace(path=f"/{_number}").geturl()
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": INSTALLATION,
    }
    if REDIS_URL
    else {
        # Sign-in limits count over all server processes, so the cache is a folder that they share.
        "BACKEND": "core.cache.SharedFolderCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
MEDIA_ROOT = DATA_DIR / "files"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / env("PINS_STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "core.static_files.HashedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
# There each file is looked for when it is asked for: listing them all costs every client of a test more than a page.
WHITENOISE_AUTOREFRESH = TESTING or DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Jobs ------------------------------------------------------------------------------------------

_queue_folder = DATA_DIR / "queue"
if not REDIS_URL:
    _queue_folder.mkdir(parents=True, exist_ok=True)
# core/queue_folder.py, under the name that pins/celery.py gives it; without a host kombu would warn that it has none.
CELERY_BROKER_URL = REDIS_URL or "folder://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 300, "socket_timeout": 5, "socket_connect_timeout": 2}
    if REDIS_URL
    else {
        "data_folder_in": str(_queue_folder),
        "data_folder_out": str(_queue_folder),
        "control_folder": str(_queue_folder / "control"),
        "store_processed": False,
        "polling_interval": 0.05,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = bool(REDIS_URL)
CELERY_TASK_REJECT_ON_WORKER_LOST = bool(REDIS_URL)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Reports wait in a queue of their own, so that a sign-in code never waits behind a cohort's worth of them.
CELERY_TASK_DEFAULT_QUEUE = INSTALLATION
_slow_queue = f"{CELERY_TASK_DEFAULT_QUEUE}-reports"
CELERY_TASK_QUEUES = {
    name: {"exchange": name, "routing_key": name} for name in (CELERY_TASK_DEFAULT_QUEUE, _slow_queue)
}
_slow_tasks = ("audits.tasks.build_report", "schools.tasks.do_register_run")
CELERY_TASK_ROUTES = {task: {"queue": _slow_queue} for task in _slow_tasks}
CELERY_TASK_ALWAYS_EAGER = TESTING
CELERY_TASK_EAGER_PROPAGATES = TESTING
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
SWEEP_SECONDS = env.number("PINS_SWEEP_SECONDS", default=60.0, least=1, most=86_400)
CELERY_BEAT_SCHEDULE = {
    # Each is worth nothing once the next is due: a worker that was away must not do a weekend of them at once.
    name: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for name, task, seconds in (
        ("sweep", "core.tasks.sweep", SWEEP_SECONDS),
        ("tidy", "accounts.tasks.forget_expired_held_posts", 300.0),
        ("forget", "core.tasks.forget_old_secrets", 3600.0),
        ("register", "schools.tasks.forget_old_register_files", 3600.0),
        ("visits", "visits.tasks.make_visits", SWEEP_SECONDS),
        ("records", "visits.tasks.forget", 300.0),
    )
}
JOB_LEASE_SECONDS = env.number("PINS_JOB_LEASE_SECONDS", default=60.0, least=1, most=86_400)

# People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:  # a slow hash protects nobody there
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; it gives the sign-in its password field
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# allauth's own keeps an address of each person beside ours, and would sign them in with it after a change.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # docs/decisions/0016
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_SESSION_REMEMBER = True  # not asked: a session lasts a working day
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "request_login_code": "accounts.forms.RequestCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    # A whole school may share one address, so that what counts is the wrong tries for one person.
    "login": "120/m/ip",
    "login_failed": "40/5m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
}
# Behind a proxy everybody would share its address, and one person's wrong tries would stop all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole(
    "PINS_PROXY_COUNT", default=int(SITE_URL.startswith("https://")), least=0, most=10
)
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
PASSWORD_RESET_TIMEOUT = 60 * 60

# Mail ------------------------------------------------------------------------------------------

globals().update(env.email("EMAIL_URL", default="dummymail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="PINS Hub <no-reply@pins.example>")
EMAIL_TIMEOUT = 20

# Browser ---------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
_behind_https = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_https else None
SECURE_SSL_REDIRECT = env.bool("PINS_SSL_REDIRECT", default=True) and _behind_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
_hsts_seconds = env.whole("PINS_HSTS_SECONDS", default=31_536_000, least=0, most=315_360_000)
SECURE_HSTS_SECONDS = _hsts_seconds if _behind_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("PINS_HSTS_INCLUDE_SUBDOMAINS", default=False) and _behind_https
SECURE_HSTS_PRELOAD = env.bool("PINS_HSTS_PRELOAD", default=False) and _behind_https
# Django advises both for every site (W005, W021). They bind names beside ours, which may be a council's and answer to
# http alone, and browsers forget neither for months: so they are whoever owns the whole domain's to choose, and
# leaving them out is no fault. What cannot work, preload without subdomains, is pins.W003.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _behind_https
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "pins.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
FILE_UPLOAD_HANDLERS = ["core.uploads.DropsFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Of our own forms the largest is the preview of many visits: 200 rows (visits.batch.MOST_LISTED) of ten fields, the
# visit, three days and three times, who goes, "Take" and "It is meant so", and five beside them, 2,005 in all. A list
# of 500 schools that waits for a person has two a line. tests/visits/test_batch_size.py counts them on the page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_100

# Language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

# Logs ------------------------------------------------------------------------------------------

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "core.secret_paths.SecretsHidden"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "loggers": {
        "weasyprint": {"level": "ERROR"}
    },  # it tells of every page and of every letter without a font
    "root": {"handlers": ["console"], "level": env.one_of("LOG_LEVEL", LOG_LEVELS, default="INFO")},
}
SENTRY_DSN = env("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    from core.secret_paths import event_without_secrets

    # What people send, and what functions hold while they work on it, is theirs: answers, names, sign-in codes.
    sentry_sdk.init(
        dsn=SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=event_without_secrets,
    )
