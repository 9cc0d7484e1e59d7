"""Tables (https://drafts.csswg.org/css-tables-3/)."""

from __future__ import annotations

from .layout import layout_table, table_min_max

__all__ = ["layout_table", "table_min_max"]
