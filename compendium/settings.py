"""Settings of the Wissenskompendium Innenstadt, all in this file.

Values that differ between machines come from the environment or from a file ``.env`` beside ``manage.py``;
``.env.example`` lists every variable. Without any variable the site runs locally: SQLite in the project folder,
debug off, hosts ``localhost`` and ``127.0.0.1``, a random secret kept in the ignored file ``.secret-key``.
"""

import contextlib
import os
import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


# Modes

DEBUG = env.bool("DEBUG", False)
PRODUCTION = env.bool("PRODUCTION", False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG=1 and PRODUCTION=1 exclude each other. Set only one of them.")


def local_secret(path):
    """The secret key of a local installation: read from ``path``, made at the first start."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        # Written aside and linked, so that of two processes at their first start both have the same complete one.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key(), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
        return path.read_text(encoding="ascii")


SHORTEST_SECRET = 50  # as Django's "check --deploy" asks for
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
if PRODUCTION:
    missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS") if not globals()[name]]
    if missing:
        raise ImproperlyConfigured(f"PRODUCTION=1 needs {' and '.join(missing)}. See .env.example.")
    if len(SECRET_KEY) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"SECRET_KEY is too short: {SHORTEST_SECRET} characters or more. A new one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
else:
    SECRET_KEY = SECRET_KEY or local_secret(BASE_DIR / ".secret-key")
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1"]


# Applications

INSTALLED_APPS = [
    "compendium",
    "ideas",
    "workshops",
    "django_filters",
    "csp",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "accounts",  # after django_otp, whose pages in the admin it takes away
    "accounts.apps.DeskConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "compendium.urls"
WSGI_APPLICATION = "compendium.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


# Database: SQLite without configuration, PostgreSQL through DATABASE_URL

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{BASE_DIR / 'compendium.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
database = DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["OPTIONS"] = {
        # A writer waits for another one this many seconds before the visitor is told to come back.
        "timeout": 5,
        # A transaction asks for the write lock when it begins, where waiting still helps.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif database["ENGINE"] == "django.db.backends.postgresql":
    given = database.get("OPTIONS", {})
    database["OPTIONS"] = {
        "connect_timeout": 5,
        **given,
        # PostgreSQL would compile long queries of counts anew each time, which takes longer than they do.
        "options": " ".join(["-c jit=off", given["options"]] if "options" in given else ["-c jit=off"]),
    }
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# Language and time

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True


# Static files: hashed and compressed by WhiteNoise once "collectstatic" has run, straight from static/ before

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
COLLECTING = sys.argv[1:2] == ["collectstatic"]  # makes the hashed files that all others then find
HASHED_STATIC = PRODUCTION or (not DEBUG and (COLLECTING or (STATIC_ROOT / "staticfiles.json").exists()))
WHITENOISE_USE_FINDERS = not HASHED_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}


# The search: with SEMANTIC_SEARCH=1 it also compares meaning; needs the packages of requirements-semantic.txt

SEMANTIC_SEARCH = env.bool("SEMANTIC_SEARCH", False)


# The book: where /kompendium.pdf is kept once it is built; made when it is first needed

BOOK_DIR = env.path("BOOK_DIR", BASE_DIR / "book")


# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A leading dot stands for the domain and all names below it.
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
CSRF_TRUSTED_ORIGINS += [f"https://*{host}" for host in ALLOWED_HOSTS if host.startswith(".")]
CSRF_FAILURE_VIEW = "compendium.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 63072000)
    # Off unless asked for: it would lock every name below the domain that has no HTTPS yet.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]


# Login: passwords, the brake on guessing them, the second factor, sessions of staff (visitors have none)

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")
]  # the second one reads what was kept before
LOGIN_REDIRECT_URL = "admin:index"
REQUIRE_2FA = env.bool("REQUIRE_2FA", PRODUCTION)
OTP_TOTP_ISSUER = "Wissenskompendium Innenstadt"
AUDIT_DAYS = env.int("AUDIT_DAYS", 180, validate=validate.Range(min=1))
PROXY_COUNT = env.int("PROXY_COUNT", 1 if PRODUCTION else 0, validate=validate.Range(min=0))

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# Name and address together: nobody can lock an editor out from elsewhere, and colleagues share an address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "accounts.client.address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_DISABLE_ACCESS_LOG = True  # the audit log does without addresses
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12, validate=validate.Range(min=1)) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"


# Logging: everything to the console, where the operator's service collects it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
