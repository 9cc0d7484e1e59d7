"""Form controls as Chromium draws its own."""

from __future__ import annotations

from ...layout.fragment import Fragment
from ..paint_context import PaintContext


def paint_control(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """What a control shows besides its box and its text."""
