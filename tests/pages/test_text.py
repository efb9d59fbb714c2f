"""Text that curators and clients write stays text: no markup, no turned direction, no broken page."""

from __future__ import annotations

import pytest

from tests.curation import world
from tests.pages.conftest import Page

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{% now 'Y' %} {{ dataset }} %(x)s %d",
    "\u202eright to left\u202c and \u2066isolated",
    "a" * 195,
    "名稱 שם اسم",
]


@pytest.fixture(params=HOSTILE, ids=["script", "image", "handler", "template", "bidi", "long", "scripts"])
def text(request: pytest.FixtureRequest, db: None) -> str:
    """Published wherever a curator can write."""
    value: str = request.param
    world.document(title=value, publisher=value, text=f"{value} On 16 October, event-a took place. {value}")
    world.actor("actor-a", name=value)
    world.event(
        title=value,
        summary=value,
        date_text=value,
        place=value,
        actors=["actor-a"],
        claimed_by=["actor-a"],
        public=True,
    )
    return value


@pytest.mark.parametrize("path", ["/", "/events/event-a/"])
def test_it_is_shown_as_it_is(text: str, page: Page, client: object, path: str) -> None:
    if path != "/":
        path = page("/").hrefs(" ".join(text.split()))[0]
    read = page(path)
    assert not {"script", "img"} & set(read.tags)
    assert " ".join(text.split()) in [said for said, _link in read.links] or path != "/"
    assert text in read.words
    assert all("onmouseover" not in attributes for _said, attributes in read.links)


def test_its_direction_stays_its_own(text: str, page: Page) -> None:
    """Each stands in an element that isolates it, so that it turns nothing around it."""
    read = page("/")
    for place in ('<h4 dir="auto">', '<q dir="auto">', '<cite dir="auto">', '<blockquote dir="auto">', "<bdi>"):
        assert place in read.text
