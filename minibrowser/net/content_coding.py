"""Content codings: gzip, deflate (with and without zlib's wrapper), br, zstd, decoded as the bytes come in.

Pure: bytes in, bytes out, no I/O. Every decoder hands out at most `_CHUNK` bytes at a time, so that a bomb is
found before it takes memory. brotli and zstd are imported when a body needs them (9 and 13 ms).
"""

from __future__ import annotations

import sys
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final, final

from ..errors import BodyTooLargeError, ContentDecodingError
from ..limits import MAX_BODY_BYTES, MAX_COMPRESSION_RATIO, MAX_CONTENT_CODINGS

_CHUNK: Final = 256 * 1024
_RATIO_FROM: Final = 1024 * 1024
"""Decoded bytes before the ratio counts: a small file of zeros is no bomb."""


class Decoder(ABC):
    """One content coding. `decode` may be called any number of times, `finish` once."""

    __slots__ = ()

    @abstractmethod
    def decode(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Feed encoded bytes; decoded bytes go to `sink` in pieces."""

    @abstractmethod
    def finish(self, sink: Callable[[bytes], None]) -> None:
        """The encoded body is complete; what was held back goes to `sink`.

        Raises `ContentDecodingError` where the body may not end here.
        """


@final
class _ZlibDecoder(Decoder):
    """gzip (several members allowed, RFC 1952 section 2.2) and deflate.

    A stream cut short keeps what came, as in Chromium: servers that forget the trailer are many.
    """

    __slots__ = ("_engine", "_is_gzip", "_pending", "_started")

    def __init__(self, is_gzip: bool) -> None:
        self._is_gzip: Final = is_gzip
        self._engine = zlib.decompressobj(wbits=31)
        self._pending = b""
        self._started = is_gzip

    def decode(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        if not self._started:
            data = self._pending + data
            if len(data) < 2:
                self._pending = data
                return
            # RFC 9110 section 8.4.1.2: "deflate" is zlib's format; some servers send the bare stream.
            wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._engine = zlib.decompressobj(wbits=15 if wrapped else -15)
            self._started = True
        name = "gzip" if self._is_gzip else "deflate"
        try:
            while data:
                if self._engine.eof:
                    if not self._is_gzip or not data.startswith(b"\x1f"):
                        return  # padding after the end, as all browsers allow
                    self._engine = zlib.decompressobj(wbits=31)
                sink(self._engine.decompress(data, _CHUNK))
                data = self._engine.unconsumed_tail or self._engine.unused_data
        except zlib.error as error:
            raise ContentDecodingError(f"broken {name} data: {error}") from error

    def finish(self, sink: Callable[[bytes], None]) -> None:
        if not self._started:
            return
        try:
            rest = self._engine.flush()  # at most one match: zlib had no room for it in the last piece
        except zlib.error as error:
            raise ContentDecodingError(f"broken compressed data: {error}") from error
        if rest:
            sink(rest)


@final
class _BrotliDecoder(Decoder):
    """RFC 7932."""

    __slots__ = ("_engine", "_error", "_fed")

    def __init__(self) -> None:
        import brotli  # noqa: PLC0415 - only for bodies that use it

        self._engine = brotli.Decompressor()
        self._error: type[Exception] = brotli.error
        self._fed = False

    def decode(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        self._fed = self._fed or bool(data)
        try:
            if self._engine.is_finished():
                return
            piece = self._engine.process(data, output_buffer_limit=_CHUNK)
            # can_accept_more_data() only says that the input is used up; output may still wait behind it.
            while piece or not self._engine.can_accept_more_data():
                sink(piece)
                piece = self._engine.process(b"", output_buffer_limit=_CHUNK)
        except self._error as error:
            raise ContentDecodingError("broken br data") from error

    def finish(self, sink: Callable[[bytes], None]) -> None:
        if self._fed and not self._engine.is_finished():
            raise ContentDecodingError("br data that ends too early")


@final
class _ZstdDecoder(Decoder):
    """RFC 8878, with the 8 MiB window of RFC 9659."""

    __slots__ = ("_engine", "_error", "_fed", "_new")

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd  # noqa: PLC0415 - only for bodies that use it
        else:
            from backports import zstd  # noqa: PLC0415 - only for bodies that use it

        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
        self._new: Callable[[], zstd.ZstdDecompressor] = lambda: zstd.ZstdDecompressor(options=options)
        self._engine = self._new()
        self._error: type[Exception] = zstd.ZstdError
        self._fed = False

    def decode(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        self._fed = self._fed or bool(data)
        try:
            while data or not self._engine.needs_input:
                if self._engine.eof:  # RFC 8878 section 3: frames may follow each other
                    data = self._engine.unused_data + data
                    if not data:
                        return
                    self._engine = self._new()
                sink(self._engine.decompress(data, _CHUNK))
                data = b""
                if self._engine.eof and not self._engine.unused_data:
                    return
        except self._error as error:
            raise ContentDecodingError(f"broken zstd data: {error}") from error

    def finish(self, sink: Callable[[bytes], None]) -> None:
        if self._fed and not self._engine.eof:
            raise ContentDecodingError("zstd data that ends too early")


@final
class BodyDecoder:
    """Collects a body through its content codings, within the limits of size and ratio."""

    __slots__ = (
        "_decoders",
        "_max_bytes",
        "_name",
        "_parts",
        "_taken",
        "decoded_size",
        "encoded_size",
        "unknown",
    )

    def __init__(self, codings: list[str], name: str, max_bytes: int = MAX_BODY_BYTES) -> None:
        """`codings` as `parse_codings` gives them; `name` is for messages. Bodies in an unknown coding stay as
        they are (https://fetch.spec.whatwg.org/#handle-content-codings)."""
        if len(codings) > MAX_CONTENT_CODINGS:
            raise ContentDecodingError(
                f"{len(codings)} content codings on {name}; at most {MAX_CONTENT_CODINGS}"
            )
        self.unknown: Final = [
            coding for coding in codings if coding not in ("gzip", "deflate", "br", "zstd")
        ]
        self._decoders: Final = [] if self.unknown else [_decoder(coding) for coding in reversed(codings)]
        self._name: Final = name
        self._max_bytes: Final = max_bytes
        self._parts: list[bytes] = []
        self._taken = 0
        self.encoded_size = 0
        self.decoded_size = 0

    def expect(self, encoded_size: int) -> None:
        """What the head states. Raises `BodyTooLargeError` before the first byte of a body that is too large."""
        if encoded_size > self._max_bytes:
            raise BodyTooLargeError(
                f"{self._name}: the body is too large: {encoded_size} bytes; the limit is {self._max_bytes}"
            )

    def feed(self, data: bytes) -> None:
        """Bytes from the wire. Raises `BodyTooLargeError` and `ContentDecodingError`."""
        self.encoded_size += len(data)
        self._pass(0, data)

    def finish(self) -> bytes:
        """The encoded body is complete: the whole of it, decoded."""
        self.end()
        return self.whole()

    def whole(self) -> bytes:
        """What was decoded, without what `take` was told to forget."""
        return b"".join(self._parts)

    def end(self) -> None:
        """The encoded body is complete."""
        for stage, decoder in enumerate(self._decoders):
            decoder.finish(self._sink(stage + 1))
        self._decoders.clear()

    def take(self, forget: bool) -> list[bytes]:
        """The decoded pieces that came since the last time. What is forgotten is not in the whole body."""
        pieces = [piece for piece in self._parts[self._taken :] if piece]
        if forget:
            self._parts.clear()
        self._taken = len(self._parts)
        return pieces

    def _sink(self, stage: int) -> Callable[[bytes], None]:
        return lambda piece: self._pass(stage, piece) if piece else None

    def _pass(self, stage: int, data: bytes) -> None:
        if stage < len(self._decoders):
            self._decoders[stage].decode(data, self._sink(stage + 1))
            return
        self.decoded_size += len(data)
        if self.decoded_size > self._max_bytes:
            raise BodyTooLargeError(f"{self._name}: the body is larger than {self._max_bytes} bytes")
        if self._decoders and self.decoded_size > _RATIO_FROM:
            if self.decoded_size > self.encoded_size * MAX_COMPRESSION_RATIO:
                raise BodyTooLargeError(
                    f"{self._name}: {self.encoded_size} bytes became {self.decoded_size}: a decompression bomb"
                )
        self._parts.append(data)


def parse_codings(value: str | None) -> list[str]:
    """The codings of a `Content-Encoding` header in the order of their application, in lower case, without
    `identity`; `x-gzip` is `gzip` (RFC 9110 section 8.4.1)."""
    names = [part.strip().lower() for part in (value or "").split(",")]
    return [
        name.removeprefix("x-") if name == "x-gzip" else name
        for name in names
        if name not in ("", "identity")
    ]


def _decoder(coding: str) -> Decoder:
    if coding == "br":
        return _BrotliDecoder()
    if coding == "zstd":
        return _ZstdDecoder()
    return _ZlibDecoder(coding == "gzip")


def encode_body(body: bytes, coding: str) -> bytes:
    """A body in a content coding, at a moderate level: what the demo's servers and uploads need."""
    if coding == "br":
        import brotli  # noqa: PLC0415 - as above

        return bytes(brotli.compress(body, quality=5))
    if coding == "zstd":
        if sys.version_info >= (3, 14):
            from compression import zstd  # noqa: PLC0415 - as above
        else:
            from backports import zstd  # noqa: PLC0415 - as above

        return zstd.compress(body, 6)
    if coding == "gzip":
        engine = zlib.compressobj(6, zlib.DEFLATED, 31)
        return engine.compress(body) + engine.flush()
    if coding == "deflate":
        return zlib.compress(body)
    raise ContentDecodingError(f"unknown content coding {coding}")
