"""The API's resources, and the HTML pages that the site gives for everything else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet, ViewSet

from tests.reference_server.models import Category, Grid, Package
from tests.reference_server.search import search
from tests.reference_server.serializers import (
    CategorySerializer,
    GridSerializer,
    PackageSerializer,
    SearchHitSerializer,
)

PAGE_LENGTH = 20_000
"""How long the site's error pages are, about."""


def refuse_nul(text: str) -> None:
    """Fail as the site's database does, so that the answer is a 500.

    Raises:
        ValueError: if the text holds a NUL.
    """
    if "\x00" in text:
        message = "A string literal cannot contain NUL (0x00) characters."
        raise ValueError(message)


class CategoryViewSet(ReadOnlyModelViewSet):
    """Categories, by id only."""

    queryset = Category.objects.order_by("-id")
    serializer_class = CategorySerializer


class IdOrSlugViewSet(ReadOnlyModelViewSet):
    """Records that are looked up by id, or by slug where the path has a letter."""

    def get_object(self) -> Any:
        """Return the record that the path names; a path of digits is an id."""
        key = self.kwargs["pk"]
        refuse_nul(key)
        name = "pk" if key.isdigit() else "slug"
        return get_object_or_404(self.get_queryset(), **{name: key})


class GridViewSet(IdOrSlugViewSet):
    """Grids."""

    queryset = (
        Grid.objects.filter(held=True).order_by("-id").prefetch_related("packages")
    )
    serializer_class = GridSerializer


class PackageViewSet(IdOrSlugViewSet):
    """Packages; a list record is the whole record."""

    queryset = Package.objects.order_by("-id").prefetch_related("grids")
    serializer_class = PackageSerializer


class SearchViewSet(ViewSet):
    """Search over packages and grids: a bare list, not paged."""

    def list(self, request: Any, **_format: Any) -> Any:
        """Return the hits for the query ``q``."""
        text = request.query_params.get("q", "")
        refuse_nul(text)
        return Response(SearchHitSerializer(search(text), many=True).data)


def not_found(_request: Any, exception: Exception) -> Any:
    """Answer an unknown path with the site's page for that."""
    return HttpResponse(
        _page(f"Page not found ({type(exception).__name__})"), status=404
    )


def server_error(_request: Any) -> Any:
    """Answer a failure with the site's page for that."""
    return HttpResponse(_page("Server error"), status=500)


def _page(title: str) -> str:
    head = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>"
    filling = "<p>Django Packages is a directory of reusable apps.</p>\n"
    return head + filling * (PAGE_LENGTH // len(filling)) + "</body></html>\n"
