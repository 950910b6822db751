"""How records are printed: real DRF serializers with hyperlinks."""

from __future__ import annotations

from rest_framework import serializers

from tests.reference_server import shapes
from tests.reference_server.models import Category, Grid, Package


class CategorySerializer(serializers.ModelSerializer):
    """A category."""

    class Meta:
        """Which fields, and in which order."""

        model = Category
        fields = shapes.CATEGORY_FIELDS


class GridSerializer(serializers.ModelSerializer):
    """A grid, with links to its packages by title."""

    packages = serializers.HyperlinkedRelatedField(
        many=True, read_only=True, view_name="package-detail"
    )

    class Meta:
        """Which fields, and in which order."""

        model = Grid
        fields = shapes.GRID_FIELDS


class PackageSerializer(serializers.ModelSerializer):
    """A package, with links to its category and grids."""

    category = serializers.HyperlinkedRelatedField(
        read_only=True, view_name="category-detail"
    )
    grids = serializers.HyperlinkedRelatedField(
        many=True, read_only=True, view_name="grid-detail"
    )
    commits_over_52 = serializers.JSONField()
    participants = serializers.JSONField()

    class Meta:
        """Which fields, and in which order."""

        model = Package
        fields = shapes.PACKAGE_FIELDS


class SearchHitSerializer(serializers.Serializer):
    """A search hit: a package or a grid, without id and without links."""

    description = serializers.CharField()
    title = serializers.CharField()
    title_no_prefix = serializers.CharField()
    slug_no_prefix = serializers.CharField()
    clean_title = serializers.CharField()
    absolute_url = serializers.CharField()
    created = serializers.DateTimeField()
    modified = serializers.DateTimeField()
    weight = serializers.IntegerField()
    item_type = serializers.CharField()
    slug = serializers.CharField()
    category = serializers.CharField()
    repo_watchers = serializers.IntegerField()
    repo_forks = serializers.IntegerField()
    pypi_downloads = serializers.IntegerField()
    score = serializers.IntegerField()
    usage = serializers.IntegerField()
    participants = serializers.CharField()
    last_committed = serializers.DateTimeField()
    last_released = serializers.DateTimeField()
