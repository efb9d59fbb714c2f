"""Django's settings. What differs between installations comes from the environment: see `docs/operations.md`."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from timeline import environment
from timeline.database import database

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
"""What this installation keeps beside the code: the SQLite database and the secret key."""

BASE_URL = environment.base_url(os.environ)

DEBUG = environment.debug(os.environ)
SECRET_KEY = environment.secret_key(os.environ, VAR / "secret-key")
ALLOWED_HOSTS = environment.allowed_hosts(os.environ, BASE_URL)

DATELINE = {
    "name": os.environ.get("DATELINE_NAME", "Dateline"),
    "description": os.environ.get("DATELINE_DESCRIPTION", "Events from news digests, dated and sourced."),
    "license": os.environ.get("DATELINE_LICENSE", "CC BY 4.0"),
    "attribution": os.environ.get("DATELINE_ATTRIBUTION", "Dateline contributors"),
    "contact": os.environ.get("DATELINE_CONTACT", ""),
    "base_url": BASE_URL.url,
}

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), VAR)}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "events",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles: WhiteNoise serves the files under `runserver` too, as in production.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "timeline.headers.content_security_policy",
    "timeline.people.Session",
    "django.middleware.common.CommonMiddleware",
    "timeline.people.Csrf",
    "timeline.people.Authentication",
    "timeline.people.Message",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
# It looks for the name of what `timeline.people.Csrf` is made of.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

# Log-ins are throttled: ten wrong passwords for a login from one address, and it waits. Both together, so that nobody
# shuts somebody else out from afar; behind a proxy all come from one address, and it is by login alone.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
# What is kept of attempts is what throttling needs: no log of who came when.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# `manage.py axes_reset_username` lets somebody in; the admin deletes nothing.
AXES_ENABLE_ADMIN = False

ROOT_URLCONF = "timeline.urls"
WSGI_APPLICATION = "timeline.wsgi.application"
# The faces answer a missing last slash themselves, with a 308 that keeps the query.
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Under a path (https://example.org/dateline) every address and every cookie carries it.
FORCE_SCRIPT_NAME = BASE_URL.path or None
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = BASE_URL.path or "/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.secure
CSRF_TRUSTED_ORIGINS = [BASE_URL.origin] if BASE_URL.origin else []
CSRF_FAILURE_VIEW = "events.admin.log_in_again.out_of_date"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"{BASE_URL.path}/static/"
# Served straight from the packages: no copy that could go stale, and nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": DATELINE["name"],
    "DESCRIPTION": DATELINE["description"],
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Anybody can ask for a host that isn't served: the answer says so, and a log of it would be theirs to fill.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Django leaves it to the server to drop the body of a HEAD; gunicorn does, and would say so each time.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
