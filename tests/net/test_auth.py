from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import UsageError
from minibrowser.net.auth import (
    Authenticator,
    Challenge,
    HTTPCredentials,
    basic_authorization,
    choose_challenge,
    digest_authorization,
    parse_challenges,
)
from minibrowser.url import URL

MUFASA = HTTPCredentials(username="Mufasa", password="Circle of Life")
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
SHOP = URL("https://shop.example/members/list?x=1")


def authenticator(*credentials: HTTPCredentials) -> Authenticator:
    return Authenticator(credentials, lambda: "cnonce")


def fields(value: str) -> dict[str, str]:
    return {
        name: quoted or plain for name, quoted, plain in re.findall(r'([\w*]+)=(?:"([^"]*)"|([^,]+))', value)
    }


def test_challenges_of_one_header_are_told_apart() -> None:
    found = parse_challenges(
        ['Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"', "Negotiate abc=="]
    )
    assert [(one.scheme, one.parameters, one.token) for one in found] == [
        ("newauth", {"realm": "apps", "type": "1", "title": 'Login to "apps"'}, ""),
        ("basic", {"realm": "simple"}, ""),
        ("negotiate", {}, "abc=="),
    ]


@given(st.lists(st.text(max_size=100), max_size=3))
def test_any_header_is_a_list_of_challenges(values: list[str]) -> None:
    choose_challenge(parse_challenges(values))


def test_digest_is_preferred_to_basic_and_the_first_known_algorithm_is_taken() -> None:
    known = parse_challenges(
        [
            'Basic realm="a"',
            'Digest realm="a", nonce="x", algorithm=SHA-1024',
            'Digest realm="a", nonce="x", algorithm=SHA-256',
            'Digest realm="a", nonce="x", algorithm=MD5',
        ]
    )
    chosen = choose_challenge(known)
    assert chosen is not None
    assert chosen.parameters["algorithm"] == "SHA-256"
    assert choose_challenge(parse_challenges(["Negotiate", "NTLM"])) is None


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_the_standard(algorithm: str, response: str) -> None:
    """RFC 7616 section 3.9.1."""
    challenge = Challenge(
        "digest",
        {
            "realm": "http-auth@example.org",
            "qop": "auth, auth-int",
            "algorithm": algorithm,
            "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
        },
    )
    value = digest_authorization(MUFASA, challenge, ("GET", "/dir/index.html", b""), 1, CNONCE)
    got = fields(value)
    assert got["response"] == response
    assert got["nc"] == "00000001"
    assert got["qop"] == "auth"
    assert got["uri"] == "/dir/index.html"
    assert got["opaque"] == "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
    assert got["algorithm"] == algorithm


def test_the_example_of_the_first_digest() -> None:
    """RFC 2617 section 3.5, and without qop as in RFC 2069."""
    given_ = {"realm": "testrealm@host.com", "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093"}
    credentials = HTTPCredentials(username="Mufasa", password="Circle Of Life")
    with_qop = Challenge("digest", {**given_, "qop": "auth"})
    value = digest_authorization(credentials, with_qop, ("GET", "/dir/index.html", b""), 1, "0a4f113b")
    assert fields(value)["response"] == "6629fae49393a05397450978507c4ef1"
    value = digest_authorization(
        credentials, Challenge("digest", given_), ("GET", "/dir/index.html", b""), 1, "x"
    )
    assert fields(value)["response"] == "670fd8c2df070c60b045671b8b24ff02"
    assert "nc" not in fields(value)


def test_sessions_hash_the_nonces_in() -> None:
    challenge = Challenge("digest", {"realm": "r", "nonce": "n", "qop": "auth", "algorithm": "MD5-sess"})
    value = digest_authorization(MUFASA, challenge, ("GET", "/", b""), 2, "c")

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    first = md5(md5("Mufasa:r:Circle of Life") + ":n:c")
    assert fields(value)["response"] == md5(f"{first}:n:00000002:c:auth:{md5('GET:/')}")


def test_where_only_integrity_is_offered_the_body_is_hashed() -> None:
    challenge = Challenge("digest", {"realm": "r", "nonce": "n", "qop": "auth-int"})
    one = digest_authorization(MUFASA, challenge, ("POST", "/", b"a"), 1, "c")
    other = digest_authorization(MUFASA, challenge, ("POST", "/", b"b"), 1, "c")
    assert fields(one)["qop"] == "auth-int"
    assert fields(one)["response"] != fields(other)["response"]


def test_names_are_hashed_or_extended_where_needed() -> None:
    """RFC 7616 section 3.9.2."""
    credentials = HTTPCredentials(username="J\u00e4s\u00f8n Doe", password="Secret, or not?")
    given_ = {"realm": "api@example.org", "nonce": "n", "qop": "auth", "charset": "UTF-8"}
    plain = digest_authorization(credentials, Challenge("digest", given_), ("GET", "/", b""), 1, "c")
    assert "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe" in plain
    if "sha512_256" in hashlib.algorithms_available:
        hashed = Challenge("digest", {**given_, "userhash": "true", "algorithm": "SHA-512-256"})
        value = digest_authorization(credentials, hashed, ("GET", "/", b""), 1, "c")
        assert fields(value)["username"] == "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"


def test_basic_is_utf8() -> None:
    credentials = HTTPCredentials(username="test", password="123\u00a3")
    assert basic_authorization(credentials) == "Basic dGVzdDoxMjPCow=="  # RFC 7617 section 2.1


def test_a_challenge_is_answered_once_and_the_space_is_known_afterwards() -> None:
    own = authenticator(MUFASA)
    assert own.ahead("GET", SHOP) == ""
    value, words = own.answer("GET", SHOP, ['Basic realm="members"'])
    assert value == basic_authorization(MUFASA)
    assert words == "Basic for realm 'members'"
    assert own.ahead("GET", URL("https://shop.example/members/deep/er")) == value
    assert own.ahead("GET", URL("https://shop.example/")) == ""
    assert own.ahead("GET", URL("https://other.example/members/list")) == ""
    again, words = own.answer("GET", SHOP, ['Basic realm="members"'], sent=value)
    assert (again, words) == ("", "the credentials for realm 'members' were refused")
    assert own.ahead("GET", SHOP) == ""


def test_a_digest_space_counts_its_requests_and_takes_new_nonces() -> None:
    own = authenticator(MUFASA)
    challenge = 'Digest realm="r", nonce="one", qop="auth"'
    value, _ = own.answer("GET", SHOP, [challenge])
    assert (fields(value)["nc"], fields(value)["uri"]) == ("00000001", "/members/list?x=1")
    assert fields(own.ahead("GET", URL("https://shop.example/")))["nc"] == "00000002"
    stale, words = own.answer("GET", SHOP, [challenge.replace("one", "two") + ", stale=TRUE"], sent=value)
    assert (fields(stale)["nonce"], fields(stale)["nc"]) == ("two", "00000001")
    assert words.endswith("a new nonce")
    own.note(SHOP, ['nextnonce="three", rspauth="x"'])
    assert fields(own.ahead("GET", SHOP))["nonce"] == "three"
    assert fields(own.ahead("GET", SHOP))["nc"] == "00000002"


def test_basic_sent_ahead_gives_way_to_digest() -> None:
    own = authenticator(HTTPCredentials(username="a", password="b", origin=SHOP.origin, send="always"))
    sent = own.ahead("GET", SHOP)
    assert sent.startswith("Basic ")
    value, _ = own.answer("GET", SHOP, ['Digest realm="r", nonce="n"'], sent=sent)
    assert value.startswith("Digest ")


def test_credentials_of_an_origin_are_not_told_to_another() -> None:
    own = authenticator(HTTPCredentials(username="a", password="b", origin="https://Shop.example/x"))
    assert own.answer("GET", SHOP, ["Basic realm=x"])[0] != ""
    value, words = own.answer("GET", URL("https://evil.example/"), ["Basic realm=x"])
    assert (value, words) == ("", "no credentials for realm 'x'")


def test_credentials_in_the_url_come_first() -> None:
    own = authenticator(MUFASA)
    url = URL("https://us%40er:p%3Ass@shop.example/")
    value, _ = own.answer("GET", url, ["Basic realm=x"])
    assert base64.b64decode(value.removeprefix("Basic ")) == b"us@er:p:ss"
    assert HTTPCredentials.of_url(SHOP) is None


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError, match="colon"):
        HTTPCredentials(username="a:b", password="")
    with pytest.raises(UsageError, match="needs an origin"):
        HTTPCredentials(username="a", password="", send="always")
    with pytest.raises(UsageError, match="send is"):
        HTTPCredentials(username="a", password="", send="never")
    with pytest.raises(UsageError, match="not a URL"):
        HTTPCredentials(username="a", password="", origin="shop")
    with pytest.raises(UsageError, match="username"):
        HTTPCredentials.from_fields({"user": "a"})
    fields_ = {"username": "a", "password": "b", "origin": "https://a.example:443/"}
    assert HTTPCredentials.from_fields(fields_).origin == "https://a.example"
    assert authenticator().answer("GET", SHOP, ["Negotiate"]) == ("", "no answer to negotiate")
    assert authenticator().answer("GET", SHOP, []) == ("", "no answer to a 401 without a challenge")
