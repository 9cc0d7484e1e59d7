from __future__ import annotations

import gzip
import random
import zlib

import pytest
from hypothesis import given, settings, strategies as st

from minibrowser.errors import BodyTooLargeError, ContentDecodingError
from minibrowser.net.content_coding import BodyDecoder, encode_body, parse_codings
from tests.net.support import Server, answer, get, replies, run

PLAIN = random.Random(7).randbytes(70_000) + b"the same again " * 60_000
CODINGS = ["gzip", "deflate", "br", "zstd"]


def decode(encoded: bytes, *codings: str, step: int = 1 << 30) -> bytes:
    decoder = BodyDecoder(list(codings), "test")
    for start in range(0, len(encoded), step):
        decoder.feed(encoded[start : start + step])
    return decoder.finish()


@pytest.mark.parametrize("step", [97, 4096, 1 << 30])
@pytest.mark.parametrize("coding", CODINGS)
def test_each_coding_is_undone_whatever_the_pieces(coding: str, step: int) -> None:
    assert decode(encode_body(PLAIN, coding), coding, step=step) == PLAIN


@pytest.mark.parametrize("step", [1, 1 << 30])
def test_deflate_without_the_zlib_wrapper_is_understood(step: int) -> None:
    engine = zlib.compressobj(wbits=-15)
    assert decode(engine.compress(b"bare") + engine.flush(), "deflate", step=step) == b"bare"


def test_stacked_codings_are_undone_from_the_last_to_the_first() -> None:
    encoded = encode_body(encode_body(b"x" * 1000, "gzip"), "br")
    assert decode(encoded, "gzip", "br") == b"x" * 1000


def test_several_gzip_members_and_padding_after_them() -> None:
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0", "gzip") == b"one two"
    assert decode(encode_body(b"one ", "zstd") + encode_body(b"two", "zstd"), "zstd") == b"one two"


def test_an_empty_body_needs_no_coding() -> None:
    for coding in CODINGS:
        assert decode(b"", coding) == b""


@pytest.mark.parametrize("coding", CODINGS)
def test_broken_data_raises(coding: str) -> None:
    with pytest.raises(ContentDecodingError):
        decode(b"\xff\xffthis is not compressed at all" * 9, coding)


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_data_that_ends_too_early_raises(coding: str) -> None:
    with pytest.raises(ContentDecodingError, match="too early"):
        decode(encode_body(PLAIN, coding)[:-9], coding)


def test_a_gzip_stream_cut_short_keeps_what_came() -> None:
    got = decode(encode_body(PLAIN, "gzip")[:-2000], "gzip")
    assert got
    assert PLAIN.startswith(got)


@pytest.mark.parametrize("coding", CODINGS)
def test_a_bomb_is_found_before_it_takes_memory(coding: str) -> None:
    decoder = BodyDecoder([coding], "http://bomb.example/", max_bytes=5_000_000)
    with pytest.raises(BodyTooLargeError, match=r"bomb\.example"):
        decoder.feed(encode_body(bytes(50_000_000), coding))
    assert decoder.decoded_size < 7_000_000


def test_a_bomb_within_the_size_is_found_by_its_ratio() -> None:
    with pytest.raises(BodyTooLargeError, match="a decompression bomb"):
        decode(encode_body(encode_body(bytes(20_000_000), "gzip"), "gzip"), "gzip", "gzip")


def test_the_header_is_read_as_a_list() -> None:
    assert parse_codings("gzip, BR") == ["gzip", "br"]
    assert parse_codings("x-gzip") == ["gzip"]
    assert parse_codings("identity") == parse_codings("") == parse_codings(None) == []
    with pytest.raises(ContentDecodingError, match="6 content codings"):
        BodyDecoder(["gzip"] * 6, "x")


@settings(max_examples=60)
@given(st.sampled_from(CODINGS), st.binary(max_size=300))
def test_any_bytes_give_a_body_or_our_error(coding: str, data: bytes) -> None:
    try:
        decode(data, coding, step=11)
    except (ContentDecodingError, BodyTooLargeError):
        return


def test_codings_over_the_wire() -> None:
    async def main() -> None:
        routes = {f"/{name}": answer(encode_body(PLAIN, name), content_encoding=name) for name in CODINGS}
        routes["/unknown"] = answer(b"as it is", content_encoding="rot13")
        routes["/broken"] = answer(b"not gzip", content_encoding="gzip")
        async with Server(replies(routes)) as server:
            for name in CODINGS:
                response = await get(f"{server.origin}/{name}")
                assert response.body == PLAIN
                assert response.encoded_size == len(encode_body(PLAIN, name))
            assert (await get(f"{server.origin}/unknown")).body == b"as it is"
            with pytest.raises(ContentDecodingError) as caught:
                await get(f"{server.origin}/broken")
            assert caught.value.url == f"{server.origin}/broken"

    run(main())
