"""Where the API's resources are."""

from __future__ import annotations

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from tests.reference_server import views

router = DefaultRouter()
# In this order the root lists them.
router.register("packages", views.PackageViewSet)
router.register("search", views.SearchViewSet, basename="search")
router.register("grids", views.GridViewSet)
router.register("categories", views.CategoryViewSet)

urlpatterns = [path("api/v4/", include(router.urls))]

handler404 = "tests.reference_server.views.not_found"
handler500 = "tests.reference_server.views.server_error"
