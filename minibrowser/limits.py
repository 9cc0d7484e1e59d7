"""Every cap in the engine, with its reason. Nothing else in the package holds a magic bound."""

from __future__ import annotations

from typing import Final

# --- Trees ---------------------------------------------------------------------------------------

MAX_TREE_DEPTH: Final = 512
"""Elements nested deeper become siblings, as in Blink's parser: layout and style recurse over the tree,
and compiled code has no stack check."""

MAX_DOM_NODES: Final = 1_500_000
"""Nodes of one document; a page beyond this is cut short rather than eating all memory."""

# --- CSS -----------------------------------------------------------------------------------------

MAX_IMPORT_DEPTH: Final = 32
"""`@import` inside `@import`: a cycle would never end."""

MAX_VARIABLE_LENGTH: Final = 1_000_000
"""Characters of one value after `var()` substitution: stops exponential growth ("billion laughs")."""

MAX_NESTING: Final = 128
"""Depth of nested blocks, functions and selector lists in a style sheet; deeper is invalid."""

# --- Layout --------------------------------------------------------------------------------------

MAX_LENGTH: Final = 33_554_400.0
"""CSS px. Blink's LayoutUnit ends here (2^31 / 64); larger lengths are clamped."""

MAX_COLSPAN: Final = 1_000
"""HTML standard: `colspan` is clamped to the range 1 to 1000."""

MAX_ROWSPAN: Final = 65_534
"""HTML standard: `rowspan` is clamped to the range 0 to 65534."""

MAX_GRID_TRACKS: Final = 10_000
"""Lines of a grid are clamped to this many, as css-grid allows."""

# --- Pictures ------------------------------------------------------------------------------------

MAX_IMAGE_PIXELS: Final = 100_000_000
"""Pixels of one decoded picture (400 MB as RGBA); a larger one is a decompression bomb."""

MAX_BITMAP_PIXELS: Final = 200_000_000
"""Pixels of one screenshot."""

MAX_BITMAP_SIDE: Final = 100_000
"""Pixels along one side of a screenshot."""

MAX_BLUR_RADIUS: Final = 300.0
"""CSS px. Blurs beyond this look the same and cost without bound."""

MAX_LAYER_DEPTH: Final = 64
"""Nested compositing groups that get a bitmap of their own; deeper ones paint into their parent."""

# --- Network -------------------------------------------------------------------------------------

MAX_REDIRECTS: Final = 20
"""https://fetch.spec.whatwg.org/#http-redirect-fetch step 5."""

MAX_CONNECTIONS_PER_HOST: Final = 6
"""What all browsers use for HTTP/1.1."""

MAX_BODY_BYTES: Final = 128 * 1024 * 1024
"""Bytes of one body after decoding."""

MAX_COMPRESSION_RATIO: Final = 1_100
"""Decoded bytes for one encoded byte, beyond the first megabyte: deflate's own best is 1032."""

MAX_HEADER_BYTES: Final = 256 * 1024
"""Bytes of a response's head (Chromium: 256 KiB)."""

MAX_PAGE_REQUESTS: Final = 2_000
"""Subresources of one page."""

CONNECT_TIMEOUT: Final = 15.0
"""Seconds for TCP and TLS together, for one address family each."""

RESPONSE_TIMEOUT: Final = 30.0
"""Seconds without a single byte while a response is awaited or read."""

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds for a navigation with its subresources, as in Playwright."""
