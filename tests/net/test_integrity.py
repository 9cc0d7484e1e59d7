from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import IntegrityError
from minibrowser.net import Request
from minibrowser.net.integrity import integrity_refusal, strongest
from tests.net.support import Server, always, answer, run, session

BODY = b"p { color: green }"


def digest(name: str, body: bytes = BODY) -> str:
    return f"{name}-" + base64.b64encode(hashlib.new(name, body).digest()).decode()


@pytest.mark.parametrize(
    ("metadata", "accepted"),
    [
        ("", True),
        (digest("sha256"), True),
        (digest("sha512"), True),
        (digest("sha256", b"x"), False),
        (f"{digest('sha256', b'x')} {digest('sha256')}", True),
        (f"{digest('sha256')} {digest('sha384', b'x')}", False),
        (f"{digest('sha256', b'x')} {digest('sha384')}", True),
        (digest("sha256") + "?ct=text/css", True),
        (digest("sha256").replace("+", "-").replace("/", "_"), True),
        ("sha1-abc md5-def nonsense", True),
        ("sha256-", True),
    ],
)
def test_the_strongest_algorithm_decides_and_its_digests_are_alternatives(
    metadata: str, accepted: bool
) -> None:
    assert (integrity_refusal(BODY, metadata, is_opaque=False) == "") is accepted


def test_what_is_opaque_has_no_digest() -> None:
    assert "crossorigin" in integrity_refusal(BODY, digest("sha256"), is_opaque=True)
    assert integrity_refusal(BODY, "nonsense", is_opaque=True) == ""


@given(st.text())
def test_any_text_is_metadata(text: str) -> None:
    assert len({algorithm for algorithm, _ in strongest(text)}) <= 1


def test_a_sheet_whose_digest_is_another_is_refused() -> None:
    async def main() -> None:
        reply = answer(
            BODY, content_type="text/css", cache_control="max-age=60", access_control_allow_origin="*"
        )
        async with Server(always(reply)) as server, session() as own:

            async def sheet(integrity: str, initiator: str = "", mode: str = "") -> bytes:
                request = Request(
                    url=f"{server.origin}/s.css", destination="style", integrity=integrity, mode=mode,
                    initiator=initiator or f"{server.origin}/",
                )  # fmt: skip
                return (await own.fetch(request)).body

            assert await sheet(digest("sha384")) == BODY
            with pytest.raises(IntegrityError, match=r"/s\.css: integrity: its digest is sha256-"):
                await sheet(digest("sha256", b"x"))
            with pytest.raises(IntegrityError, match="needs the crossorigin attribute"):
                await sheet(digest("sha256"), "https://other.example/")
            assert await sheet(digest("sha256"), "https://other.example/", "cors") == BODY

    run(main())
