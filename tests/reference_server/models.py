"""The site's tables, as far as the API shows them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

APP_LABEL = "reference_server"


class Category(models.Model):
    """A kind of package."""

    title = models.CharField(max_length=50)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True)
    title_plural = models.CharField(max_length=50, blank=True)
    show_pypi = models.BooleanField(default=True)
    created = models.DateTimeField(null=True)
    modified = models.DateTimeField(null=True)

    class Meta:
        """No default order: the API gives its own."""

        app_label = APP_LABEL


class Package(models.Model):
    """An application, framework or project, and what is known of its repository."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    title = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    last_updated = models.DateTimeField(null=True)
    last_fetched = models.DateTimeField(null=True)
    repo_url = models.TextField(blank=True)
    pypi_version = models.CharField(max_length=100, null=True)
    created = models.DateTimeField(null=True)
    modified = models.DateTimeField(null=True)
    repo_forks = models.IntegerField(default=0)
    repo_description = models.TextField(blank=True)
    pypi_url = models.CharField(max_length=255, blank=True)
    documentation_url = models.TextField(null=True)
    repo_watchers = models.IntegerField(default=0)
    commits_over_52 = models.JSONField(default=list)
    participants = models.JSONField(default=list)

    class Meta:
        """By title, which is how a grid lists its packages."""

        app_label = APP_LABEL
        ordering = (Lower("title"), "id")


class Grid(models.Model):
    """A comparison of packages.

    One that is not ``held`` is linked to by packages and can be neither listed nor
    looked up: the site has such links.
    """

    title = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True)
    is_locked = models.BooleanField(default=False)
    packages = models.ManyToManyField(
        Package, through="GridPackage", related_name="grids"
    )
    header = models.BooleanField(default=False)
    created = models.DateTimeField(null=True)
    modified = models.DateTimeField(null=True)
    held = models.BooleanField(default=True)

    class Meta:
        """No default order: a package's grids come as the database has them."""

        app_label = APP_LABEL


class GridPackage(models.Model):
    """A package's place in a grid."""

    grid = models.ForeignKey(Grid, on_delete=models.CASCADE)
    package = models.ForeignKey(Package, on_delete=models.CASCADE)

    class Meta:
        """A package is in a grid once."""

        app_label = APP_LABEL
        unique_together = (("grid", "package"),)


MODELS = (Category, Package, Grid, GridPackage)
"""All tables, in the order in which they can be made."""
