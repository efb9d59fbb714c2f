"""Who types a command, as the history will say."""

from __future__ import annotations

import getpass


def login(otherwise: str) -> str:
    """The login; a container may run as a number without a name, then it is `otherwise`."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return otherwise
