"""The way of the tutorials of Django REST framework: nested ModelSerializers, a FilterSet, page numbers.

On the editors' tables, which are an ordinary relational schema with foreign keys and the usual indexes.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import include, path
from rest_framework import pagination, routers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from events.models import Event, EventCountry, Evidence, Participation


class ParticipationSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="actor.name")
    kind = serializers.CharField(source="actor.kind")
    country = serializers.CharField(source="actor.country_id")

    class Meta:
        model = Participation
        fields = ["actor_id", "name", "kind", "country", "role"]


class CountrySerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="country.name")

    class Meta:
        model = EventCountry
        fields = ["country_id", "name"]


class EvidenceSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="document.title")
    publisher = serializers.CharField(source="document.publisher")

    class Meta:
        model = Evidence
        fields = ["quote", "prefix", "suffix", "start", "end", "supports", "document_id", "title", "publisher"]


class EventSerializer(serializers.ModelSerializer):
    participations = ParticipationSerializer(many=True)
    countries = CountrySerializer(many=True)
    evidence = EvidenceSerializer(many=True)

    class Meta:
        model = Event
        fields = [
            *("id", "title", "slug", "summary", "type", "edtf", "date_text", "date_anchor", "date_rule"),
            *("start_earliest", "end_latest", "location_country", "place", "lat", "lon"),
            *("participations", "countries", "evidence"),
        ]


class EventFilter(django_filters.FilterSet):
    date_from = django_filters.DateFilter(field_name="end_latest", lookup_expr="gte")
    date_to = django_filters.DateFilter(field_name="start_earliest", lookup_expr="lte")
    actor = django_filters.CharFilter(field_name="participations__actor")
    country = django_filters.CharFilter(field_name="countries__country")
    type = django_filters.CharFilter(field_name="type")
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains")

    class Meta:
        model = Event
        fields: list[str] = []


class Pages(pagination.PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"


class EventViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = (
        Event.objects.filter(status="published")
        .prefetch_related("participations__actor", "countries__country", "evidence__document")
        .order_by("start_earliest", "id")
    )
    serializer_class = EventSerializer
    filterset_class = EventFilter
    filter_backends = [django_filters.rest_framework.DjangoFilterBackend]
    pagination_class = Pages

    def _counted(self, *columns: Any, **named: Any) -> Response:
        rows = self.filter_queryset(self.get_queryset()).order_by().values(*columns, **named)
        return Response(rows.annotate(n=Count("id", distinct=True)).order_by("-n")[:51])

    @action(detail=False)
    def types(self, request: Request) -> Response:
        return self._counted("type")

    @action(detail=False)
    def by_country(self, request: Request) -> Response:
        return self._counted("countries__country")

    @action(detail=False)
    def by_actor(self, request: Request) -> Response:
        return self._counted("participations__actor")

    @action(detail=False)
    def months(self, request: Request) -> Response:
        rows = self.filter_queryset(self.get_queryset()).order_by().values(month=TruncMonth("start_earliest"))
        return Response(rows.annotate(n=Count("id")).order_by("month"))


router = routers.DefaultRouter()
router.register("events", EventViewSet)
urlpatterns = [path("", include(router.urls))]
