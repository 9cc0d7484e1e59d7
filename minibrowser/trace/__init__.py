"""Tracing: spans with time and reason, and their views (waterfall, HAR, Chrome trace).

The views are imported by who shows them: `trace.waterfall`, `trace.har`, `trace.chrome`.
"""

from .exchange import NOT_APPLICABLE, Exchange, ExchangeTiming
from .recorder import NO_TRACE, Recorder
from .span import Span

__all__ = ["NOT_APPLICABLE", "NO_TRACE", "Exchange", "ExchangeTiming", "Recorder", "Span"]
