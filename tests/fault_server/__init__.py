"""A server for what a good one never does: cut, slow, wrong and endless answers.

A script, any callable from a request to an answer, decides what happens. Scripts are
put together from a small valid API (``GoodApi``), named faults (``fault``) and helpers
that say when a fault strikes (``fails_times``, ``fails_when``, ``on_path``, ...).
"""

from tests.fault_server.api import GoodApi
from tests.fault_server.breakages import (
    Answer,
    Cut,
    Drip,
    Endless,
    Gate,
    Hang,
    HangUp,
    Raw,
    Reset,
)
from tests.fault_server.faults import FAULTS, fault
from tests.fault_server.replies import (
    Reply,
    html_reply,
    json_reply,
    redirect,
    too_many_requests,
    unavailable,
)
from tests.fault_server.request import Request
from tests.fault_server.scripts import (
    Script,
    always,
    fails_from,
    fails_times,
    fails_when,
    in_turn,
    limit_over,
    on_path,
)
from tests.fault_server.server import FaultServer, closed_port

__all__ = [
    "FAULTS",
    "Answer",
    "Cut",
    "Drip",
    "Endless",
    "FaultServer",
    "Gate",
    "GoodApi",
    "Hang",
    "HangUp",
    "Raw",
    "Reply",
    "Request",
    "Reset",
    "Script",
    "always",
    "closed_port",
    "fails_from",
    "fails_times",
    "fails_when",
    "fault",
    "html_reply",
    "in_turn",
    "json_reply",
    "limit_over",
    "on_path",
    "redirect",
    "too_many_requests",
    "unavailable",
]
