"""Documents for what is not HTML: pictures and plain text, built as browsers build them.

https://html.spec.whatwg.org/multipage/document-lifecycle.html#read-media and #read-text
"""

from __future__ import annotations

from html import escape

_IMAGE = (
    "<!DOCTYPE html><html style='height: 100%'><head><meta name=viewport content='width=device-width'>"
    "<title>{title}</title></head><body style='margin: 0; height: 100%; background-color: rgb(14, 14, 14)'>"
    "<img style='display: block; margin: auto; background-color: hsl(0, 0%, 90%); max-width: 100%; "
    "max-height: 100%' src='{url}'></body></html>"
)
_MEDIA = (
    "<!DOCTYPE html><html><head><meta name=viewport content='width=device-width'></head>"
    "<body style='margin: 0; background-color: black'><video controls src='{url}'></video></body></html>"
)

TEXT_TYPES = frozenset(
    {
        "application/ecmascript",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/x-javascript",
        "application/x-ndjson",
        "text/vtt",
    }
)
"""Types besides text/* that browsers show as text."""


def is_text_type(mime_type: str) -> bool:
    """Whether a document of this type is shown as plain text."""
    return mime_type.startswith("text/") or mime_type in TEXT_TYPES or mime_type.endswith("+json")


def image_document(url: str) -> str:
    """The document that shows a picture, as Chromium's: centred on dark grey, fitted to the window."""
    name = url.partition("?")[0].rpartition("/")[2] or "image"
    return _IMAGE.format(title=escape(name[:200]), url=escape(url, quote=True))


def media_document(url: str) -> str:
    """The document that shows sound or a film."""
    return _MEDIA.format(url=escape(url, quote=True))


def text_document(text: str) -> str:
    """The document that shows plain text."""
    body = escape(text, quote=False)
    return (
        "<html><head><meta name=color-scheme content='light dark'></head><body>"
        f"<pre style='word-wrap: break-word; white-space: pre-wrap;'>\n{body}</pre></body></html>"
    )
