"""Under a path, `DATELINE_BASE_URL=https://example.org/dateline`."""

from __future__ import annotations

from typing import Any

import pytest

from timeline.wsgi import mounted


def place(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    return [f"{environ['SCRIPT_NAME']}|{environ['PATH_INFO']}".encode()]


@pytest.mark.parametrize(
    ("path", "asked", "seen"),
    [
        ("", "/api/v1/", "|/api/v1/"),
        ("/dateline", "/dateline/api/v1/", "/dateline|/api/v1/"),
        ("/dateline", "/dateline/", "/dateline|/"),
        ("/dateline", "/dateline", "/dateline|/"),
        ("/dateline", "/datelines/", "|/datelines/"),
        ("/a/b", "/a/b/admin/", "/a/b|/admin/"),
    ],
)
def test_the_path_is_taken_off(path: str, asked: str, seen: str) -> None:
    environ = {"SCRIPT_NAME": "", "PATH_INFO": asked}
    assert b"".join(mounted(place, path)(environ, None)) == seen.encode()  # type: ignore[arg-type]  # never called
