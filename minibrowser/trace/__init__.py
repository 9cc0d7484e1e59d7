"""Tracing: spans with time and reason, and their views (waterfall, HAR, Chrome trace)."""

from .recorder import NO_TRACE, Recorder
from .span import Span

__all__ = ["NO_TRACE", "Recorder", "Span"]
