"""How gunicorn serves Dateline: `gunicorn --config python:timeline.gunicorn timeline.wsgi`."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from timeline.environment import base_url

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")
_place = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

bind = [_place]
workers = 2
threads = 4
# Ctrl-C waits so many seconds for answers under way.
graceful_timeout = 5
# A question that is too long gets Dateline's answer, with its reason, not gunicorn's.
limit_request_line = 0
# Nothing here uses it, and it is a file in the home folder.
control_socket_disable = True
# The access log is a proxy's business, and the start has `when_ready`.
loglevel = "error"


def when_ready(server: object) -> None:
    """Say where it is, once somebody who goes there is answered."""
    url = f"http://{_place.replace('0.0.0.0', 'localhost')}{base_url(os.environ).path}/"
    sys.stdout.write(f"""
Dateline: {url}
API:      {url}api/v1/
Admin:    {url}admin/ (nobody has a login until you make one: make login)

Ctrl-C ends it.
""")
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Let Ctrl-C end a worker like a SIGTERM, after the answers under way.

    Gunicorn's quick way out takes a lock that the code it interrupts may hold: one start in ten hung for 30 seconds.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, worker.handle_exit)
