"""Settings of the tutorial site: the same database, the same middleware, the defaults of REST framework."""

from timeline.settings import *  # noqa: F403  # a site of its own that differs in two names
from timeline.settings import INSTALLED_APPS

INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in ("drf_spectacular", "drf_spectacular_sidecar")]
ROOT_URLCONF = "benchmarks.rivals.tutorial"
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None}
