"""The parameters of each page, from the declarations that the API answers by."""

from __future__ import annotations

import django_filters

from events.querying import filters


class Timeline(filters.Paged):
    ordering = filters.EventList.base_filters["ordering"]


class EventPage(django_filters.FilterSet):
    as_of = filters.Detail.base_filters["as_of"]
