"""Identifiers are written as their registers write them; a typing error is found where there is a check digit."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.models.working.identifiers import FORMS, Scheme, normal

STORED = {
    ("wikidata", "Q1085"): "Q1085",
    ("wikidata", " q1085 "): "Q1085",
    ("wikidata", "https://www.wikidata.org/wiki/Q1085"): "Q1085",
    ("isni", "0000 0001 2150 090X"): "000000012150090X",
    ("isni", "https://isni.org/isni/000000012150090x"): "000000012150090X",
    ("orcid", "https://orcid.org/0000-0002-1825-0097"): "0000000218250097",
    ("viaf", "http://viaf.org/viaf/113230702/"): "113230702",
    ("lei", "5493001kjtiigc8y1r12"): "5493001KJTIIGC8Y1R12",
    ("ror", "https://ror.org/05dxps055"): "05dxps055",
    ("ror", "042NB2S44"): "042nb2s44",
    ("gnd", "https://d-nb.info/gnd/118540238"): "118540238",
    ("gnd", "11885447x"): "11885447X",
    ("gnd", "1055864695"): "1055864695",
    ("gnd", "4005728-8"): "4005728-8",
    ("gnd", "2001630-X"): "2001630-X",
}


@pytest.mark.parametrize(("scheme", "value"), STORED)
def test_a_value_is_stored_in_one_way(scheme: str, value: str) -> None:
    assert normal(scheme, value) == STORED[scheme, value]
    assert normal(scheme, normal(scheme, value)) == STORED[scheme, value]


@pytest.mark.parametrize("scheme", Scheme.values)
def test_the_example_of_each_scheme_is_one(scheme: str) -> None:
    assert normal(scheme, FORMS[scheme][1])


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("wikidata", "1085"),
        ("wikidata", "Q0"),
        ("viaf", "x"),
        ("lei", "5493001KJTIIGC8Y1R1"),
        ("isbn", "1"),
        ("ror", ""),
    ],
)
def test_what_is_no_identifier(scheme: str, value: str) -> None:
    with pytest.raises(ValidationError):
        normal(scheme, value)


CHECKED = (
    ("isni", "000000012150090X"),
    ("orcid", "0000000218250097"),
    ("lei", "5493001KJTIIGC8Y1R12"),
    ("ror", "042nb2s44"),
    ("gnd", "118540238"),
    ("gnd", "1055864695"),
    ("gnd", "4005728-8"),
)


@given(st.sampled_from(CHECKED), st.data())
def test_each_wrong_digit_and_each_swap_is_found(known: tuple[str, str], data: st.DataObject) -> None:
    scheme, value = known
    at = data.draw(st.sampled_from([at for at in range(len(value) - 1) if value[at : at + 2].isdigit()]))
    digit = data.draw(st.sampled_from("0123456789"))
    swapped = value[:at] + value[at + 1] + value[at] + value[at + 2 :]
    for wrong in {value[:at] + digit + value[at + 1 :], swapped} - {value}:
        with pytest.raises(ValidationError):
            normal(scheme, wrong)
