"""When a fault strikes: scripts made of other scripts and of single answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from tests.fault_server.breakages import Answer
from tests.fault_server.request import Request

Script = Callable[[Request], Answer]
"""What decides about the answer to a request. Called by one thread only."""


def always(answer: Answer | Script) -> Script:
    """Return a script that gives one answer every time."""
    if isinstance(answer, Answer):
        return lambda _request: answer
    return answer


def fails_times(times: int, *faults: Answer | Script, then: Answer | Script) -> Script:
    """Fail the first requests, with the faults in turn, and do well afterwards.

    Requests are counted by this script alone: inside of ``on_path`` only those for
    the path are.
    """
    numbers = count()
    scripts = [always(fault) for fault in faults]
    good = always(then)

    def script(request: Request) -> Answer:
        number = next(numbers)
        if number < times:
            return scripts[number % len(scripts)](request)
        return good(request)

    return script


def fails_from(number: int, fault: Answer | Script, *, then: Answer | Script) -> Script:
    """Do well until the ``number``-th request, from 1, and fail from there on."""
    return fails_times(number - 1, then, then=fault)


def in_turn(*answers: Answer | Script) -> Script:
    """Give the answers one after the other, and the last one for ever."""
    return fails_times(len(answers) - 1, *(answers[:-1] or answers), then=answers[-1])


def fails_when(
    condition: Callable[[Request], bool],
    fault: Answer | Script,
    *,
    then: Answer | Script,
) -> Script:
    """Fail requests for which a condition holds."""
    bad, good = always(fault), always(then)
    return lambda request: bad(request) if condition(request) else good(request)


def on_path(resource: str, fault: Answer | Script, *, then: Answer | Script) -> Script:
    """Fail requests for one path below the base, such as ``packages/``."""
    return fails_when(lambda request: request.resource == resource, fault, then=then)


def limit_over(limit: int) -> Callable[[Request], bool]:
    """Return the condition that a page of more than so many records is asked for."""
    return lambda request: request.natural("limit", 20) > limit
