"""Django's settings, made in code once per process."""

from __future__ import annotations

import logging
import threading
from typing import Any

import django
from django.conf import settings

APP = "tests.reference_server"
"""The Django application that holds the models."""

_lock = threading.Lock()

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ":memory:",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        # Readers do not wait for a test that changes the catalog meanwhile, and
        # nothing here has to survive a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        "timeout": 10,
    },
}
"""A database's settings; every server has one of its own, see ``database``."""


def configure() -> None:
    """Configure and start Django; a second call does nothing."""
    with _lock:
        if settings.configured:
            return
        settings.configure(
            ALLOWED_HOSTS=["*"],
            APPEND_SLASH=True,
            DATABASES={"default": SQLITE},
            DATABASE_ROUTERS=[f"{APP}.database.Router"],
            DEBUG=False,
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            INSTALLED_APPS=["rest_framework", APP],
            LOGGING_CONFIG=None,
            MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
            REST_FRAMEWORK={
                "DEFAULT_AUTHENTICATION_CLASSES": [],
                "DEFAULT_PERMISSION_CLASSES": [],
                "DEFAULT_PAGINATION_CLASS": (
                    "rest_framework.pagination.LimitOffsetPagination"
                ),
                "PAGE_SIZE": 20,
                "UNAUTHENTICATED_USER": None,
            },
            ROOT_URLCONF=f"{APP}.urls",
            SECRET_KEY="not a secret",
            STATIC_URL="/static/",
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "APP_DIRS": True,
                    "OPTIONS": {
                        "context_processors": [
                            "django.template.context_processors.request"
                        ]
                    },
                }
            ],
            TIME_ZONE="America/New_York",
            USE_I18N=False,
            USE_TZ=True,
        )
        # Tests provoke errors on purpose: nobody wants to read of them.
        for name in ("django.request", "django.server"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        django.setup()
