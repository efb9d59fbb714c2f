"""GeoJSON, read by geojson-pydantic: geometry, properties, events without a place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from geojson_pydantic import Feature, FeatureCollection, Point

from events.exchange.as_json import one
from tests.exchange.cases import ADDRESSES, CONTROLS, DATES, HOSTILE, dated, hostile, revision, written

PLACELESS = {"country": None, "place": None, "lat": None, "lon": None}


def features(text: str) -> list[Feature[Any, Any]]:
    collection: FeatureCollection[Feature[Any, Any]] = FeatureCollection.model_validate_json(text)
    return list(collection.features)


@pytest.mark.parametrize("case", DATES)
def test_properties_are_the_event(case: str) -> None:
    (feature,) = features(written("geojson", dated(case)))
    assert feature.properties == json.loads(one(dated(case), ADDRESSES))
    assert feature.properties["date"]["edtf"] == DATES[case]
    assert feature.id == "event-a"


def test_longitude_stands_first_and_south_is_negative() -> None:
    (feature,) = features(written("geojson", revision()))
    assert isinstance(feature.geometry, Point)
    assert (feature.geometry.coordinates.longitude, feature.geometry.coordinates.latitude) == (17.08, -22.57)


@pytest.mark.parametrize(
    ("location", "coordinates"),
    [
        (PLACELESS, None),
        (PLACELESS | {"country": "NA", "place": "Windhoek"}, None),
        # The point off Africa is a place; so is the date line.
        (PLACELESS | {"lat": 0.0, "lon": 0.0}, [0.0, 0.0]),
        (PLACELESS | {"lat": 90.0, "lon": -180.0}, [-180.0, 90.0]),
    ],
)
def test_an_event_without_coordinates_stays_with_a_null_geometry(
    location: dict[str, Any], coordinates: list[float] | None
) -> None:
    text = written("geojson", revision(location=location))
    (feature,) = features(text)
    geometry = json.loads(text)["features"][0]["geometry"]
    assert (feature.geometry is None) == (coordinates is None)
    assert (geometry and geometry["coordinates"]) == coordinates


@pytest.mark.parametrize("harm", [HOSTILE, CONTROLS])
def test_text_arrives_as_it_is(harm: str) -> None:
    first, second = features(written("geojson", hostile(harm), revision()))
    assert json.loads(written("geojson", hostile(harm)))["features"][0]["properties"]["evidence"][0]["quote"] == harm
    assert [feature.properties and feature.properties["title"] for feature in (first, second)] == [harm, "A title"]


def test_fields_are_chosen_in_the_properties_and_the_place_stays() -> None:
    (feature,) = features(written("geojson", revision(), asked=(("fields", "title"),)))
    assert feature.properties == {"title": "A title"}
    assert feature.geometry is not None


def test_without_events_it_is_an_empty_collection() -> None:
    assert features(written("geojson")) == []
