"""Every cap in the engine, with its reason. Nothing else in the package holds a magic bound."""

from __future__ import annotations

from typing import Final

# --- Trees ---------------------------------------------------------------------------------------

MAX_TREE_DEPTH: Final = 512
"""Elements nested deeper become siblings, as in Blink's parser: layout and style recurse over the tree,
and compiled code has no stack check."""

MAX_DOM_NODES: Final = 1_500_000
"""Nodes of one document; a page beyond this is cut short rather than eating all memory."""

MAX_XML_EXPANSION: Final = 8 * 1024 * 1024
"""Characters that the entities of an XML document may add to it: stops "billion laughs"."""

MAX_PRELOADS: Final = 2_000
"""Early requests that the preload scanner finds in one document; the loader's own cap is the same."""

# --- CSS -----------------------------------------------------------------------------------------

MAX_IMPORT_DEPTH: Final = 32
"""`@import` inside `@import`: a cycle would never end."""

MAX_VARIABLE_LENGTH: Final = 1_000_000
"""Characters of one value after `var()` substitution: stops exponential growth ("billion laughs")."""

MAX_NESTING: Final = 128
"""Depth of nested blocks, functions and selector lists in a style sheet; deeper is invalid."""

MAX_CONTAINER_ROUNDS: Final = 8
"""Layouts for container queries: one for each level of containers in containers; deeper ones keep what they have."""

# --- Layout --------------------------------------------------------------------------------------

MAX_LENGTH: Final = 33_554_400.0
"""CSS px. Blink's LayoutUnit ends here (2^31 / 64); larger lengths are clamped."""

MAX_BORDER_SPACING: Final = 32_767.0
"""CSS px. Blink's ComputedStyle keeps border-spacing in a short."""

MAX_COLSPAN: Final = 1_000
"""HTML standard: `colspan` is clamped to the range 1 to 1000."""

MAX_ROWSPAN: Final = 65_534
"""HTML standard: `rowspan` is clamped to the range 0 to 65534."""

MAX_TABLE_COLUMNS: Final = 10_000
"""Columns of one table: spans of 1000 in every <col> would make millions that hold nothing."""

MAX_GRID_TRACKS: Final = 10_000
"""Lines of a grid are clamped to this many, as css-grid allows."""

# --- Pictures ------------------------------------------------------------------------------------

MAX_IMAGE_PIXELS: Final = 67_108_864
"""Pixels of one decoded picture, 8192 x 8192 (268 MB as RGBA); a larger one is a decompression bomb."""

MAX_KEPT_PIXELS: Final = 67_108_864
"""Pixels of the decoded pictures that a document keeps (268 MB as RGBA): those shown longest ago are decoded anew when
they are painted again."""

MAX_SVG_LENGTH: Final = 16_000_000
"""Characters of one SVG picture: resvg's tree takes many times that in memory."""

MAX_SVG_DEPTH: Final = 96
"""Elements of one SVG picture inside one another, references followed: some 300 overflow resvg's stack and end the
process. Drawing programs nest some thirty."""

MAX_SVG_GROUP_DEPTH: Final = 24
"""Of these, elements that get a bitmap of their own (opacity, masks, filters): each costs up to a tenth of a second."""

MAX_SVG_FILTER_TIME: Final = 4e9
"""ns that the filters of one SVG picture may take by an estimate; above it they are left out. A window full of noise
with three octaves is 1.7e9."""

MAX_SVG_NODES: Final = 1_000_000
"""Elements of one SVG picture with all references followed; resvg has the same limit for <use> alone."""

MAX_SVG_POINTS: Final = 16_000_000
"""Points of all paths of one SVG picture, those of markers at each point that carries one."""

MAX_SVG_TEXT: Final = 1_000_000
"""Characters of text in one SVG picture, style sheets included."""

MAX_SVG_FAMILIES: Final = 16
"""Font families, and as many blocks of unusual characters, that fonts are looked for in one SVG picture's text."""

MAX_KEPT_COVERAGES: Final = 16
"""Masks and clip paths by url(#id) that are kept drawn, for each element that is referred to."""

MAX_SVG_REFERENCES: Final = 1000
"""Elements from elsewhere in the page (symbols, gradients) that one inline SVG picture takes in."""

MAX_BITMAP_PIXELS: Final = 200_000_000
"""Pixels of one screenshot."""

MAX_WHOLE_PIXELS: Final = 8_000_000
"""Pixels of a PNG that is drawn as one bitmap (32 MB); a larger one is drawn in bands."""

MAX_BANDED_PIXELS: Final = 2_000_000_000
"""Pixels of a PNG that is drawn in bands: 100,000 CSS px of a page at 3 device px each are 1.2 thousand million."""

MAX_BANDED_SIDE: Final = 1_000_000
"""Pixels along one side of a PNG that is drawn in bands; few programs read larger ones."""

MAX_BITMAP_SIDE: Final = 100_000
"""Pixels along one side of a screenshot."""

MAX_BLUR_RADIUS: Final = 300.0
"""CSS px. Blurs beyond this look the same and cost without bound."""

MAX_LAYER_DEPTH: Final = 64
"""Nested compositing groups that get a bitmap of their own; deeper ones paint into their parent."""

MAX_LAYER_PICTURES: Final = 500
"""Stacking layers of a page that are written as pictures for debugging: more nobody looks at."""

MAX_LAYER_MARGIN: Final = 1_024
"""Device px around the page that a filtered group keeps at the most, unless its own reach is larger: nested blurs would
else each add theirs, to gigabytes."""

MAX_CACHED_GLYPHS: Final = 200_000
"""Glyph pictures of a session (a few hundred bytes each)."""

MAX_CACHED_RASTER_FACES: Final = 64
"""Fonts that are open for drawing in a session, web fonts of closed pages among them (some 100 kB each)."""

MAX_CACHED_MASKS: Final = 500
"""Coverage masks of rounded corners and of shadows of a session."""

# --- Network -------------------------------------------------------------------------------------

MAX_REDIRECTS: Final = 20
"""https://fetch.spec.whatwg.org/#http-redirect-fetch step 5."""

MAX_CONNECTIONS_PER_HOST: Final = 6
"""What all browsers use for HTTP/1.1."""

MAX_CONNECTIONS: Final = 64
"""Connections of one session over all hosts: keeps a page with hundreds of hosts within a small number of
file descriptors (Chromium: 256 for a whole browser)."""

KEEP_ALIVE_SECONDS: Final = 60.0
"""Seconds that an idle connection is kept. Servers commonly close after 5 to 75 s."""

ALPN_PATIENCE: Final = 0.3
"""Seconds that requests wait for the first connection of an origin to tell whether it speaks HTTP/2 (Chromium's
kHTTP2ThrottleDelay)."""

MAX_KNOWN_PARTITIONS: Final = 1_000
"""Hosts of documents whose network partition a session remembers."""

MAX_KNOWN_PROTOCOLS: Final = 1_000
"""Origins of which a session remembers whether they speak HTTP/2."""

WIRE_BUFFER_BYTES: Final = 256 * 1024
"""Bytes that a connection buffers before it stops reading from the socket."""

HTTP2_STREAM_WINDOW: Final = 1024 * 1024
"""Bytes of one HTTP/2 response that may be on the way or wait for their reader: 80 Mbit/s at 100 ms."""

HTTP2_CONNECTION_WINDOW: Final = 15 * 1024 * 1024
"""Bytes of all responses of an HTTP/2 connection that may be on the way, as in Chromium."""

MAX_HTTP2_STREAMS: Final = 256
"""Exchanges at once on one HTTP/2 connection, whatever the server allows, as in Chromium."""

MAX_UNASKED_FRAMES: Final = 10_000
"""HTTP/2 frames in a row that belong to no exchange of ours (PING, SETTINGS, closed streams): more is a flood."""

HTTP2_DOUBT_SECONDS: Final = 10.0
"""Seconds of silence after which an HTTP/2 connection that is used is asked whether it lives (PING), as in Chromium."""

HTTP2_PING_SECONDS: Final = 5.0
"""Seconds for any sign of life after that."""

MAX_REFUSALS: Final = 5
"""Times that a request is begun anew because a server refused its HTTP/2 stream unread."""

EXPECT_CONTINUE_BYTES: Final = 1024 * 1024
"""Bytes of a body from which on a server is asked first (`Expect: 100-continue`), as in curl."""

MAX_TLS_SESSIONS: Final = 256
"""TLS sessions kept for resumption; each holds keys and a certificate."""

MAX_CONTENT_CODINGS: Final = 5
"""Content codings stacked on one body; each multiplies what a small body can become."""

MAX_DATA_URL_CHARS: Final = 32 * 1024 * 1024
"""Characters of a data: URL that may be navigated to or fetched (Chromium cuts at 512 MB, Firefox at 32)."""

MAX_COOKIE_BYTES: Final = 4096
"""RFC 6265bis section 5.6: a cookie whose name and value are longer is ignored."""

MAX_COOKIE_ATTRIBUTE_BYTES: Final = 1024
"""RFC 6265bis section 5.6: a longer attribute value is ignored."""

LAX_UNSAFE_SECONDS: Final = 120.0
"""Seconds that a cookie without `SameSite` goes along with a cross-site POST that opens a document, as in Chromium:
some sign-in services come back so (RFC 6265bis section 5.6.7.2)."""

MAX_COOKIES_PER_DOMAIN: Final = 180
"""As Chromium; RFC 6265bis section 6.1 asks for at least 50."""

MAX_PARTITION_COOKIE_BYTES: Final = 10 * 1024
"""Bytes of the partitioned cookies of one domain in one partition, as Chromium."""

MAX_COOKIES: Final = 3300
"""Cookies of one jar, as Chromium; RFC 6265bis section 6.1 asks for at least 3000."""

MAX_COOKIE_AGE: Final = 400 * 86400.0
"""Seconds; RFC 6265bis section 5.5 caps the life of a cookie at 400 days."""

MAX_CACHE_MEMORY_BYTES: Final = 64 * 1024 * 1024
"""Bytes of bodies that the HTTP cache of a session keeps in memory; the pages of one visit fit."""

MAX_CACHE_DISK_BYTES: Final = 256 * 1024 * 1024
"""Bytes of bodies in a cache folder (Chromium: 80 MB to 320 MB, by the disk's free space)."""

MAX_CACHE_ENTRY_SHARE: Final = 8
"""A response larger than this part of the HTTP cache is not kept: it would push everything else out."""

MAX_CACHE_VARIANTS: Final = 16
"""Responses to one URL that differ by `Vary` and partition; a server that varies on everything would fill the cache."""

CACHE_LOCK_SECONDS: Final = 20.0
"""Seconds that a request waits for another one to the same URL to fill the cache, as in Chromium."""

MAX_HEURISTIC_FRESHNESS: Final = 7 * 86400.0
"""Seconds that a response without stated freshness is taken for fresh, as in Firefox."""

MAX_PROXY_HEAD_BYTES: Final = 64 * 1024
"""Bytes of a proxy's answer to CONNECT."""

NEGATIVE_DNS_SECONDS: Final = 10.0
"""Seconds that "no such name" is kept: neither c-ares nor the system tells the zone's own time (RFC 2308), and a page
asks a dead host for dozens of resources."""

MAX_CSP_BYTES: Final = 64 * 1024
"""Characters of one Content-Security-Policy that are read; each fetch goes through its source list."""

MAX_NEGATIVE_DNS_SECONDS: Final = 3 * 3600.0
"""RFC 2308 section 5: one to three hours work well as the longest time for which "no such name" is kept."""

MAX_DNS_TTL: Final = 86_400.0
"""Seconds that a DNS answer is kept at the most: zones move, and a mistyped time to live can say 68 years."""

MAX_STALE_SECONDS: Final = 86_400.0
"""Seconds after its end in which an answer may still be served stale (RFC 8767 section 5: one to three days)."""

STALE_ANSWER_SECONDS: Final = 30.0
"""Time to live of a stale answer, and the rest before servers that failed are asked again (RFC 8767 section 5)."""

STALE_WAIT: Final = 1.8
"""Seconds that a fresh answer is waited for while a stale one is at hand (RFC 8767 section 5)."""

SILENT_SERVERS_SECONDS: Final = 60.0
"""Seconds for which the system is asked at once after the machine's DNS servers did not answer us."""

RESOLUTION_DELAY: Final = 0.05
"""Seconds that IPv6 addresses are waited for once those of IPv4 are known (RFC 8305 section 3: 50 ms)."""

LATE_FAMILY_SECONDS: Final = 10.0
"""Seconds that an answer is kept whose IPv6 half came too late: soon the server will have it at hand."""

MAX_HOST_STORE_ENTRIES: Final = 10_000
"""Names in the host cache of a cache folder: about 2 MB."""

MAX_HOSTS_FILE_BYTES: Final = 32 * 1024 * 1024
"""Bytes of a hosts file that are read; the largest block lists in use are a quarter of that."""

MAX_DNS_ALIASES: Final = 16
"""Links of a CNAME chain over all zones (Chromium and BIND: 16)."""

MAX_DNS_REFERRALS: Final = 32
"""Questions on the way from a known zone to the one that answers; real names have three or four levels."""

MAX_DNS_QUERIES: Final = 100
"""Questions to servers for one name in an iterative walk, over all aliases and servers without glue (Unbound and BIND
draw the line at about as many): an unkind zone could have us ask without end (NXNSAttack, CVE-2020-12662)."""

MAX_DNS_DEPTH: Final = 6
"""Servers without glue whose own names need servers without glue, nested."""

MAX_GLUELESS_SERVERS: Final = 3
"""Servers of one zone whose addresses are looked up; others of them are enough, and see MAX_DNS_QUERIES."""

MAX_DELEGATIONS: Final = 2_000
"""Zones whose name servers an iterative resolver remembers."""

DNS_UDP_PAYLOAD: Final = 1232
"""Bytes of a DNS answer over UDP that pass every path unbroken (DNS flag day 2020); more goes over TCP."""

MAX_PREFLIGHTS: Final = 200
"""Answers to CORS preflights that a session keeps."""

MAX_AUTH_ATTEMPTS: Final = 3
"""Answers to one request's 401s: another scheme, then a nonce that was stale."""

MAX_PROTECTION_SPACES: Final = 100
"""Origins, and realms of one, whose credentials a session keeps ready; a server could make up realms without end."""

MAX_HSTS_HOSTS: Final = 10_000
"""Hosts remembered as https only; a server with a wildcard certificate could name hosts without end."""

MAX_HOST_CACHE_ENTRIES: Final = 1_000
"""Names remembered in one host cache (Chromium: 1000)."""

HOST_CACHE_SECONDS: Final = 60.0
"""Seconds that an answer without a known time to live is kept (Chromium: 60)."""

MAX_ADDRESSES: Final = 16
"""Addresses of one name that are tried."""

HAPPY_EYEBALLS_DELAY: Final = 0.25
"""Seconds between connection attempts (RFC 8305 section 5: 250 ms)."""

CLOSE_TIMEOUT: Final = 1.0
"""Seconds that closing waits for peers to say goodbye before sockets are dropped."""

STREAM_BUFFER_BYTES: Final = 128 * 1024
"""Decoded bytes that wait for the reader of a streamed body before the sender is held back."""

MAX_BODY_BYTES: Final = 128 * 1024 * 1024
"""Bytes of one body after decoding."""

MAX_COMPRESSION_RATIO: Final = 1_100
"""Decoded bytes for one encoded byte, beyond the first megabyte: deflate's own best is 1032."""

MAX_HEADER_BYTES: Final = 256 * 1024
"""Bytes of a response's head (Chromium: 256 KiB)."""

CONTINUE_PATIENCE: Final = 1.0
"""Seconds that a body waits for `100 Continue` before it goes out unasked, as in curl."""

MAX_INFORMATIONAL_RESPONSES: Final = 32
"""1xx answers before the final one; each restarts the wait for a byte, so a flood would never end."""

MAX_PAGE_REQUESTS: Final = 2_000
"""Subresources of one page."""

MAX_PAGE_BYTES: Final = 512 * 1024 * 1024
"""Bytes of the decoded bodies of one page: they are all in memory while it is loaded."""

MAX_DELAYABLE_REQUESTS: Final = 10
"""Requests of a page that can wait (pictures) and run side by side, as in Chromium."""

MAX_LINK_HINTS: Final = 100
"""Links that the `Link` headers of one answer may name."""

MAX_HISTORY: Final = 50
"""Documents that a page can go back to, as in Chromium."""

MAX_PRECONNECTS: Final = 16
"""Hosts that a page may have looked up or connected to before it asks anything of them: each costs a socket."""

CONNECT_TIMEOUT: Final = 15.0
"""Seconds for TCP and TLS together, for one address family each."""

RESPONSE_TIMEOUT: Final = 30.0
"""Seconds without a single byte while a response is awaited or read."""

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds for a navigation with its subresources, as in Playwright."""

# --- Text and fonts ------------------------------------------------------------------------------

MAX_CACHED_FONTS: Final = 2_000
"""Sized fonts of a session; pages that animate sizes would grow it without end."""

MAX_CACHED_FONT_LISTS: Final = 2_000
"""Resolved font lists of a document, one for each distinct font description."""

MAX_CACHED_SHAPES: Final = 20_000
"""Shaped texts of a document; the cache is emptied when it is full."""

MAX_CACHED_SHAPE_LENGTH: Final = 256
"""Characters; longer texts rarely come twice and would fill the cache."""

MAX_FONT_BYTES: Final = 64 * 1024 * 1024
"""Bytes of one font after decompression; the largest CJK collections in use are half of that."""

# --- Style ---------------------------------------------------------------------------------------

MAX_CACHED_SCOPE_ROOTS: Final = 100_000
"""Elements and @scope rules of which is remembered whether the one is a root of the other: more than the deepest tree
times the deepest nesting; emptied when it is full."""

MAX_CACHED_NESTING: Final = 100_000
"""Elements and selectors of nested rules of which is remembered whether `&` matches; emptied when it is full."""

MAX_HAS_STEPS: Final = 2_000_000
"""Elements that all `:has()` of one style resolution may look at; after that they do not match (about 2 s)."""

MAX_DECLARATIONS: Final = 100_000
"""Declarations of one block; generated sheets stay far below."""

MAX_FRAME_DEPTH: Final = 4
"""Documents in `<iframe>`s in documents: each level costs a whole page."""

MAX_FRAMES: Final = 64
"""`<iframe>`s of one document that get a document of their own."""

MAX_FONT_SIZE: Final = 10_000.0
"""CSS px; Blink's own cap on font-size."""

MIN_ZOOM: Final = 1e-3
"""As MAX_ZOOM."""

MAX_ZOOM: Final = 1e3
"""Of `zoom` from the root down: the product of many must neither vanish nor leave what layout can hold."""

MAX_RULE_NESTING: Final = 32
"""Style rules and at-rules inside each other; each level reads the block's text once more. Deeper ones are left out."""

MAX_SHAPE_PIXELS: Final = 16_000_000
"""Pixels of a picture that text flows around; for a bigger one it flows around the float's box."""

MAX_BALANCED_LINES: Final = 6
"""Lines of a paragraph that `text-wrap: balance` still evens out; Blink's own cap."""

MAX_BALANCED_STEPS: Final = 2_000_000
"""Candidate lines that `flex-wrap: balance` weighs for one container (about 1 s); with more its lines are as wrap's."""

MAX_STYLES_COMPARED: Final = 64
"""Groups of computed values with the same main values that a new one is compared with to be one object with its
equal; real pages have a handful, and thousands that all differ must not be compared with each other."""
