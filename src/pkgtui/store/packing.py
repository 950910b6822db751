"""Sets of whole numbers as one value, read many times as fast as rows of a table."""

import json
import sys
from array import array
from collections.abc import Iterable

from pkgtui.store.rows import CorruptRowError

_IS_SWAPPED = sys.byteorder == "big"
"""Files may travel between machines: in them the least byte is first."""

Packed = bytes | str


def pack(numbers: Iterable[int]) -> Packed:
    """Four bytes for each number, in their order; text where one needs more."""
    ordered = sorted(numbers)
    try:
        packed = array("i", ordered)
    except OverflowError:
        return json.dumps(ordered)
    if _IS_SWAPPED:
        packed.byteswap()
    return packed.tobytes()


def unpack(packed: Iterable[Packed]) -> set[int]:
    """All numbers in results of `pack`; raises `CorruptRowError`."""
    numbers = array("i")
    large: set[int] = set()
    try:
        for value in packed:
            if isinstance(value, str):
                large.update(json.loads(value))
            else:
                numbers.frombytes(value)
    except (TypeError, ValueError) as error:
        raise CorruptRowError(str(error)) from error
    if _IS_SWAPPED:
        numbers.byteswap()
    return large.union(numbers)
