"""MIME sniffing (https://mimesniff.spec.whatwg.org/): the computed type of a resource. Pure and total.

In: the first bytes, the type that the server stated, whether sniffing is forbidden, what the resource is for.
"""

from __future__ import annotations

from typing import Final

from .mime_type import MimeType, parse_mime_type

RESOURCE_HEADER_BYTES: Final = 1445
"""https://mimesniff.spec.whatwg.org/#reading-the-resource-header"""

_WHITESPACE: Final = b"\t\n\x0c\r "
_BINARY: Final = bytes(b for b in range(0x20) if b not in (0x09, 0x0A, 0x0C, 0x0D, 0x1B))
"""https://mimesniff.spec.whatwg.org/#binary-data-byte"""

_HTML_TAGS: Final = (
    b"<!DOCTYPE HTML", b"<HTML", b"<HEAD", b"<SCRIPT", b"<IFRAME", b"<H1", b"<DIV", b"<FONT", b"<TABLE", b"<A",
    b"<STYLE", b"<TITLE", b"<B", b"<BODY", b"<BR", b"<P",
)  # fmt: skip
_IMAGES: Final = (
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\x00\x00\x02\x00", "image/x-icon"),
    (b"BM", "image/bmp"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_IMAGE_STARTS: Final = tuple(signature for signature, _ in _IMAGES)
_ARCHIVES: Final = (
    (b"\x1f\x8b\x08", "application/x-gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"Rar \x1a\x07\x00", "application/x-rar-compressed"),
)
_FONTS: Final = (
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"ttcf", "font/collection"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)
_MEDIA: Final = (
    (b".snd", "audio/basic"),
    (b"ID3", "audio/mpeg"),
    (b"OggS\x00", "application/ogg"),
    (b"MThd\x00\x00\x00\x06", "audio/midi"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_MISLABELED: Final = frozenset(
    {
        "text/plain",
        "text/plain; charset=ISO-8859-1",
        "text/plain; charset=iso-8859-1",
        "text/plain; charset=UTF-8",
    }
)
"""https://mimesniff.spec.whatwg.org/#interpreting-the-resource-metadata step 2.2 (Apache's old defaults)."""
_UNKNOWN: Final = frozenset({"unknown/unknown", "application/unknown", "*/*"})


def computed_mime_type(body: bytes, stated: str, *, nosniff: bool = False, destination: str = "") -> str:
    """The essence of the type to treat a resource as (https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm).

    `stated` is the last `Content-Type` value, "" where there is none. Images are sniffed in an image context
    (section 8.2), fonts likewise (8.5); style sheets and scripts keep what the server says (8.7, 8.6).
    """
    header = body[:RESOURCE_HEADER_BYTES]
    supplied = parse_mime_type(stated)
    if destination in ("image", "font") and not nosniff:
        if supplied is not None and supplied.is_xml:
            return supplied.essence
        found = image_type(header) if destination == "image" else font_type(header)
        return found or (
            supplied.essence if supplied is not None else _unknown_type(header, scriptable=False)
        )
    if destination in ("style", "script"):
        return supplied.essence if supplied is not None else ""
    if supplied is None or supplied.essence in _UNKNOWN:  # step 2
        return _unknown_type(header, scriptable=not nosniff)
    if nosniff:  # step 3
        return supplied.essence
    if stated.strip() in _MISLABELED:  # step 4
        return _text_or_binary(header)
    if supplied.is_xml or supplied.is_html:  # steps 1 and 5; feeds are shown as XML
        return supplied.essence
    return _by_group(header, supplied)


def image_type(header: bytes) -> str:
    """The image type whose signature matches, or "" (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern)."""
    if header.startswith(_IMAGE_STARTS):
        for signature, name in _IMAGES:
            if header.startswith(signature):
                return name
    if header.startswith(b"RIFF") and header[8:14] == b"WEBPVP":
        return "image/webp"
    if header[4:8] == b"ftyp" and (
        header[8:12] in (b"avif", b"avis") or b"avif" in header[16 : _box_size(header)]
    ):
        return "image/avif"  # NOTE: not in the standard; every browser shows AVIF
    return ""


def font_type(header: bytes) -> str:
    """The font type whose signature matches, or "" (https://mimesniff.spec.whatwg.org/#matching-a-font-type-pattern)."""
    for signature, name in _FONTS:
        if header.startswith(signature):
            return name
    return ""


def media_type(header: bytes) -> str:
    """The audio or video type whose signature matches, or "" (https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern)."""
    for signature, name in _MEDIA:
        if header.startswith(signature):
            return name
    if header.startswith(b"FORM") and header[8:12] == b"AIFF":
        return "audio/aiff"
    if header.startswith(b"RIFF") and header[8:12] in (b"AVI ", b"WAVE"):
        return "video/avi" if header[8:12] == b"AVI " else "audio/wave"
    return "video/mp4" if _is_mp4(header) else ""


def _by_group(header: bytes, supplied: MimeType) -> str:
    """Steps 6 to 8: an image or media type gives way to the signature of its own group."""
    if supplied.is_image:
        return image_type(header) or supplied.essence
    if supplied.type in ("audio", "video") or supplied.essence == "application/ogg":
        return media_type(header) or supplied.essence
    return supplied.essence


def _unknown_type(header: bytes, *, scriptable: bool) -> str:
    """https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type"""
    if scriptable:  # step 1
        text = header.lstrip(_WHITESPACE)
        upper = text[:16].upper()
        for tag in _HTML_TAGS:
            if upper.startswith(tag) and text[len(tag) : len(tag) + 1] in (b" ", b">"):
                return "text/html"
        if text.startswith(b"<!--"):
            return "text/html"
        if text.startswith(b"<?xml"):
            return "text/xml"
        if header.startswith(b"%PDF-"):
            return "application/pdf"
    if header.startswith(b"%!PS-Adobe-"):  # step 2
        return "application/postscript"
    if header.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")):
        return "text/plain"
    found = (
        image_type(header) or media_type(header) or font_type(header)
    )  # steps 3 and 4; fonts for file: URLs
    if found:
        return found
    for signature, name in _ARCHIVES:  # step 5
        if header.startswith(signature):
            return name
    return "application/octet-stream" if _has_binary(header) else "text/plain"  # steps 6 and 7


def _text_or_binary(header: bytes) -> str:
    """https://mimesniff.spec.whatwg.org/#sniffing-a-mislabeled-binary-resource"""
    if header.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")):
        return "text/plain"
    return "application/octet-stream" if _has_binary(header) else "text/plain"


def _has_binary(header: bytes) -> bool:
    return len(header.translate(None, _BINARY)) != len(header)


def _box_size(header: bytes) -> int:
    return min(int.from_bytes(header[:4], "big"), len(header))


def _is_mp4(header: bytes) -> bool:
    """https://mimesniff.spec.whatwg.org/#matches-the-signature-for-mp4"""
    size = int.from_bytes(header[:4], "big")
    if len(header) < 12 or len(header) < size or size % 4 or header[4:8] != b"ftyp":
        return False
    if header[8:11] == b"mp4":
        return True
    return any(header[at : at + 3] == b"mp4" for at in range(16, size, 4))
