"""A reference server: Django Packages' API v4, made of real Django and DRF.

It gives tests and benchmarks a counterpart that pages, links, negotiates and fails
as the site's own framework does, over catalogs of any size. Nothing here imports
Django until a server is made, so that a catalog can be generated without it.
"""

from tests.reference_server.catalog import Catalog, generate_catalog
from tests.reference_server.recording import RecordedRequest
from tests.reference_server.server import ReferenceServer

__all__ = ["Catalog", "RecordedRequest", "ReferenceServer", "generate_catalog"]
