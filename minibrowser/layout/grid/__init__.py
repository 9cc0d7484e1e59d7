"""Grid layout (https://drafts.csswg.org/css-grid-2/)."""

from __future__ import annotations

from .layout import grid_min_max, layout_grid

__all__ = ["grid_min_max", "layout_grid"]
