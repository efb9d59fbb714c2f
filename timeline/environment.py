"""What the environment says about this installation, read once and checked.

`docs/operations.md` documents each variable. A value that can't be used stops the start with a sentence.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SWITCH = {"": False, "0": False, "1": True}


@dataclass(frozen=True)
class BaseUrl:
    """The public address of this installation, in the parts that settings need; all empty when it isn't set."""

    url: str = ""
    origin: str = ""
    host: str = ""
    path: str = ""

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")


def base_url(environ: Mapping[str, str]) -> BaseUrl:
    """`DATELINE_BASE_URL`, an http or https address that may have a path; a last slash is dropped."""
    text = environ.get("DATELINE_BASE_URL", "").rstrip("/")
    if not text:
        return BaseUrl()
    parts = _split(text)
    origin = f"{parts.scheme}://{parts.netloc}"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return BaseUrl(url=origin + parts.path, origin=origin, host=host, path=parts.path)


def _split(text: str) -> SplitResult:
    wrong = ImproperlyConfigured(
        f"DATELINE_BASE_URL is {text!r}: write the public address of this installation, "
        "such as https://dates.example.org or https://example.org/dateline, without a query."
    )
    try:
        parts = urlsplit(text)
        # Reading the port is what checks it.
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise wrong from None
    if not usable or parts.query or parts.fragment or parts.username or "//" in parts.path:
        raise wrong
    return parts


def allowed_hosts(environ: Mapping[str, str], base: BaseUrl) -> list[str]:
    """`DATELINE_ALLOWED_HOSTS`, separated by commas; else this machine. The host of the base address is always in."""
    named = [host.strip() for host in environ.get("DATELINE_ALLOWED_HOSTS", "").split(",") if host.strip()]
    hosts = named or list(LOCAL_HOSTS)
    return [*hosts, base.host] if base.host and base.host not in hosts else hosts


def debug(environ: Mapping[str, str]) -> bool:
    """`DATELINE_DEBUG`: 1 is on; 0, empty or absent is off."""
    text = environ.get("DATELINE_DEBUG", "")
    if text not in SWITCH:
        raise ImproperlyConfigured(f"DATELINE_DEBUG is {text!r}: write 1 to turn debugging on, 0 to turn it off.")
    return SWITCH[text]


def secret_key(environ: Mapping[str, str], file: Path) -> str:
    """`DATELINE_SECRET_KEY`; else the key kept in `file`, which is made the first time."""
    given = environ.get("DATELINE_SECRET_KEY", "")
    if given:
        return given
    if not file.exists():
        _keep_new_key(file)
    kept = file.read_text(encoding="ascii").strip()
    if not kept:
        raise ImproperlyConfigured(f"{file} is empty: delete it, and the next start makes a new key.")
    return kept


def _keep_new_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Linked into place whole: of two processes that start at once, both must end up with the same, complete key.
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with open(descriptor, "w", encoding="ascii") as made:
        made.write(secrets.token_urlsafe(50) + "\n")
    try:
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
