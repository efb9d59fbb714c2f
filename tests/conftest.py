"""What holds for every test: the two gates, a database of its own for each run, and no silent skip under CI.

What many tests need stands here; what one folder needs stands in that folder's `conftest.py`.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import hypothesis
import pytest
from django.conf import settings

from tests import gates

CI = os.environ.get("CI") == "true"
VENDORS = {"django.db.backends.sqlite3": "sqlite", "django.db.backends.postgresql": "postgresql"}
VENDOR = VENDORS[settings.DATABASES["default"]["ENGINE"]]

# No deadline: a shared machine has slow moments, and no test here is about time.
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if CI else "dev")

# The real hasher is slow on purpose.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, rather than skip, the tests that are about the other database."""
    others = set(VENDORS.values()) - {VENDOR}
    left_out = {item for item in items if any(item.get_closest_marker(other) for other in others)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    # An expected failure reports itself as skipped too.
    if report.skipped and not hasattr(report, "wasxfail"):
        _refuse_under_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _refuse_under_ci(report)
    return report


def _refuse_under_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if CI:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"With CI=true nothing may be skipped. {why}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in production: in memory, threads would share one connection, and there is no WAL."""
    if VENDOR == "sqlite":
        settings.DATABASES["default"]["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _gates_installed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        gates.install(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _gates_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close the gates after the database is ready, so that they open again before it is emptied."""
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
    with gates.watching() as broken:
        yield
    if broken:
        pytest.fail("\n".join(broken))
