"""CSS: style sheets, selectors, the cascade, computed styles.

`resolve_styles` turns a document and its sheets into a StyleTree. Nothing here does I/O.
"""

from .computed_style import ComputedStyle
from .counter_styles import counter_text, marker_text
from .decoding import decode_sheet
from .deferred import EstimatedMetrics, FontMetrics
from .font_face import FontFace, FontSource
from .media import MediaContext, media_matches
from .resolver import StyleContext, StyleStatistics, resolve_styles
from .sheet import ImportRule, Origin, StyleSheet
from .style_tree import PseudoElement, StyleTree
from .user_agent import user_agent_sheets

__all__ = [
    "ComputedStyle",
    "EstimatedMetrics",
    "FontFace",
    "FontMetrics",
    "FontSource",
    "ImportRule",
    "MediaContext",
    "Origin",
    "PseudoElement",
    "StyleContext",
    "StyleSheet",
    "StyleStatistics",
    "StyleTree",
    "counter_text",
    "decode_sheet",
    "marker_text",
    "media_matches",
    "resolve_styles",
    "user_agent_sheets",
]
