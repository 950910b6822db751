"""A reference server: Django Packages' API v4, made of real Django and DRF.

It gives tests and benchmarks a counterpart that pages, links, negotiates and fails
as the site's own framework does, over catalogues of any size. Nothing here imports
Django until a server is made, so that a catalogue can be generated without it.
"""

from tests.reference_server.catalogue import Catalogue, generate_catalogue
from tests.reference_server.recording import RecordedRequest
from tests.reference_server.server import ReferenceServer

__all__ = ["Catalogue", "RecordedRequest", "ReferenceServer", "generate_catalogue"]
