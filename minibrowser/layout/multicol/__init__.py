"""Multi-column containers and the fragmentation that they need.

The content of a container is laid out once, as one tall block flow of a column's width; `Fragmenter` then goes over
the fragments of that flow and cuts it into one piece a column, as Blink's block fragmentation goes over boxes.
"""

from __future__ import annotations

from .container import layout_multicol
from .intrinsic import column_gap, empty_multicol_min_max, multicol_min_max

__all__ = ["column_gap", "empty_multicol_min_max", "layout_multicol", "multicol_min_max"]
