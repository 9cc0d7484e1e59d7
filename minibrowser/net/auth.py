"""HTTP authentication: challenges, Basic (RFC 7617) and Digest (RFC 7616), and what a session has learned. Pure.

A 401's or 407's headers in; the `Authorization` value that answers it out. Randomness is handed in by the caller.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final
from urllib.parse import quote, unquote_to_bytes

from ..errors import InvalidURLError, UsageError
from ..limits import MAX_PROTECTION_SPACES
from ..url import URL
from .header_values import decode_and_split

_TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_PARAMETER: Final = re.compile(rf'({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|({_TOKEN}))\Z', re.DOTALL)
_SCHEME: Final = re.compile(rf"({_TOKEN})(?:[ \t]+(.*))?\Z", re.DOTALL)
_DIGESTS: Final = {"md5": "md5", "sha-256": "sha256", "sha-512-256": "sha512_256"}
"""RFC 7616 section 3.3, and what hashlib calls them."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class HTTPCredentials:
    """A name and a password for servers that ask (Playwright's `http_credentials`).

    Attributes:
        origin: the only one that gets them ("https://shop.example"); "" is every origin that asks.
        send: "unauthorized" waits for a 401; "always" sends Basic with the first request (only with an origin).
    """

    username: str
    password: str
    origin: str = ""
    send: str = "unauthorized"

    def __post_init__(self) -> None:
        if ":" in self.username:
            raise UsageError("a user name for HTTP authentication cannot hold a colon")
        if self.send not in ("unauthorized", "always"):
            raise UsageError(f"http credentials: send is 'unauthorized' or 'always', not {self.send!r}")
        if self.send == "always" and not self.origin:
            raise UsageError(
                "http credentials: send='always' needs an origin, or every server would get them"
            )
        if self.origin:
            try:
                url = URL(self.origin)
            except InvalidURLError as error:
                raise UsageError(f"http credentials: {error}") from error
            object.__setattr__(self, "origin", url.origin)

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> HTTPCredentials:
        """From Playwright's words. Raises `UsageError`."""
        unknown = set(fields) - {"username", "password", "origin", "send"}
        if unknown or not {"username", "password"} <= set(fields):
            raise UsageError(
                "http credentials are {'username', 'password'} with 'origin' and 'send' where wanted"
            )
        return cls(
            username=fields["username"],
            password=fields["password"],
            origin=fields.get("origin", ""),
            send=fields.get("send", "unauthorized"),
        )

    @classmethod
    def of_url(cls, url: URL) -> HTTPCredentials | None:
        """Those that stand in a URL, None for none."""
        if not url.username and not url.password:
            return None
        name, password = (
            unquote_to_bytes(part).decode("utf-8", "surrogateescape") for part in (url.username, url.password)
        )
        # "a%3Ab" is a name that Basic cannot carry; what comes before the colon is all that a server could see.
        return cls(username=name.partition(":")[0], password=password, origin=url.origin)


@final
class Challenge:
    """One `WWW-Authenticate` challenge. `scheme` and the parameters' names are in lower case."""

    __slots__ = ("parameters", "scheme", "token")

    def __init__(self, scheme: str, parameters: dict[str, str] | None = None, token: str = "") -> None:
        self.scheme: Final = scheme
        self.parameters: Final[dict[str, str]] = {} if parameters is None else parameters
        self.token: Final = token

    @property
    def realm(self) -> str:
        """What the credentials are for, in the server's words."""
        return self.parameters.get("realm", "")

    def __repr__(self) -> str:
        return f"<Challenge {self.scheme} {self.parameters or self.token}>"


def parse_challenges(values: Iterable[str]) -> list[Challenge]:
    """The challenges of `WWW-Authenticate` or `Proxy-Authenticate` headers (RFC 9110 section 11.6.1): several may share
    a header, and their parameters are separated by the same commas as they are."""
    found: list[Challenge] = []
    for element in decode_and_split(list(values)):
        parameter = _PARAMETER.match(element)
        if parameter is not None:
            if found:
                _add(found[-1].parameters, parameter)
            continue
        scheme = _SCHEME.match(element)
        if scheme is None:
            continue
        rest = (scheme[2] or "").strip(" \t")
        challenge = Challenge(scheme[1].lower())
        parameter = _PARAMETER.match(rest)
        if parameter is not None:
            _add(challenge.parameters, parameter)
        elif rest:
            challenge = Challenge(scheme[1].lower(), None, rest)
        found.append(challenge)
    return found


def _add(parameters: dict[str, str], match: re.Match[str]) -> None:
    quoted = match[2]
    value = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else match[3]
    parameters.setdefault(match[1].lower(), value)


def choose_challenge(challenges: Sequence[Challenge]) -> Challenge | None:
    """The one to answer: the first Digest that we know the algorithm of, else Basic (RFC 7616 section 3.7)."""
    for challenge in challenges:
        if challenge.scheme == "digest" and _is_answerable(challenge):
            return challenge
    return next((challenge for challenge in challenges if challenge.scheme == "basic"), None)


def _is_answerable(challenge: Challenge) -> bool:
    algorithm = _algorithm(challenge)
    qops = _qops(challenge)
    return (
        _DIGESTS.get(algorithm, "?") in hashlib.algorithms_available
        and bool(challenge.parameters.get("nonce"))
        and (not qops or "auth" in qops or "auth-int" in qops)
    )


def _algorithm(challenge: Challenge) -> str:
    return challenge.parameters.get("algorithm", "MD5").lower().removesuffix("-sess")


def _qops(challenge: Challenge) -> list[str]:
    return [word.strip().lower() for word in challenge.parameters.get("qop", "").split(",") if word.strip()]


def basic_authorization(credentials: HTTPCredentials) -> str:
    """RFC 7617 section 2, in UTF-8 as all browsers."""
    pair = f"{credentials.username}:{credentials.password}".encode("utf-8", "surrogateescape")
    return "Basic " + base64.b64encode(pair).decode("ascii")


def digest_authorization(
    credentials: HTTPCredentials,
    challenge: Challenge,
    request: tuple[str, str, bytes],
    count: int,
    cnonce: str,
) -> str:
    """RFC 7616 section 3.4. `request`: method, request target and body; `count` requests have used the nonce, this one
    included."""
    method, target, body = request
    given = challenge.parameters
    realm, nonce = given.get("realm", ""), given["nonce"]
    name = _DIGESTS[_algorithm(challenge)]

    def digest(data: bytes) -> str:
        return hashlib.new(name, data, usedforsecurity=False).hexdigest()

    def joined(*parts: str) -> bytes:
        return ":".join(parts).encode("utf-8", "surrogateescape")

    qops = _qops(challenge)
    qop = "auth" if "auth" in qops else "auth-int" if "auth-int" in qops else ""
    first = digest(joined(credentials.username, realm, credentials.password))
    if given.get("algorithm", "").lower().endswith("-sess"):  # section 3.4.2
        first = digest(joined(first, nonce, cnonce))
    second = joined(method, target)
    if qop == "auth-int":  # section 3.4.3
        second = joined(method, target, digest(body))
    tail = digest(second)
    words = f"{count:08x}"
    middle = (nonce, words, cnonce, qop) if qop else (nonce,)  # section 3.4.1; without qop as RFC 2069
    answer = digest(joined(first, *middle, tail))
    fields = [
        *_name_fields(credentials, given, realm, digest),
        f"realm={_quoted(realm)}",
        f"nonce={_quoted(nonce)}",
    ]
    fields.append(f"uri={_quoted(target)}")
    if "algorithm" in given:
        fields.append(f"algorithm={given['algorithm']}")
    fields.append(f'response="{answer}"')
    if "opaque" in given:
        fields.append(f"opaque={_quoted(given['opaque'])}")
    if qop:
        fields += [f"qop={qop}", f"nc={words}", f'cnonce="{cnonce}"']
    return "Digest " + ", ".join(fields)


def _name_fields(
    credentials: HTTPCredentials, given: Mapping[str, str], realm: str, digest: Callable[[bytes], str]
) -> list[str]:
    """Section 3.4.4: hashed where the server asks for that, extended where the name is not ASCII."""
    name = credentials.username
    if given.get("userhash", "").lower() == "true":
        return [f'username="{digest(f"{name}:{realm}".encode("utf-8", "surrogateescape"))}"', "userhash=true"]
    if name.isascii():
        return [f"username={_quoted(name)}"]
    return [f"username*=UTF-8''{quote(name.encode('utf-8', 'surrogateescape'), safe='')}"]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@final
class _Space:
    """A protection space that has let us in. Mutable: `challenge` (a new nonce), `count`."""

    __slots__ = ("challenge", "count", "credentials", "prefix")

    def __init__(self, credentials: HTTPCredentials, challenge: Challenge, prefix: str) -> None:
        self.credentials: Final = credentials
        self.challenge = challenge
        self.prefix: Final = prefix
        self.count = 0


@final
class Authenticator:
    """The credentials of a session and the protection spaces that they open, bounded in number.

    One for servers and one for each proxy. Mutable: `_spaces`, by origin.
    """

    def __init__(self, credentials: Sequence[HTTPCredentials], make_nonce: Callable[[], str]) -> None:
        """`make_nonce` gives an unpredictable word for each Digest answer."""
        self._credentials: Final = tuple(credentials)
        self._make_nonce: Final = make_nonce
        self._spaces: dict[str, list[_Space]] = {}

    def ahead(self, method: str, url: URL, body: bytes = b"", target: str = "") -> str:
        """The `Authorization` of a request to a space that is known already (RFC 7617 section 2.2), "" for none.
        `target`: the request target, that of the URL by default."""
        known = [space for space in self._spaces.get(url.origin, []) if url.path.startswith(space.prefix)]
        if known:
            space = max(known, key=lambda space: len(space.prefix))
            return self._authorization(space, method, target or url.target, body)
        for credentials in self._credentials:
            if credentials.send == "always" and credentials.origin == url.origin:
                return basic_authorization(credentials)
        return ""

    def answer(
        self,
        method: str,
        url: URL,
        values: Sequence[str],
        body: bytes = b"",
        *,
        sent: str = "",
        target: str = "",
    ) -> tuple[str, str]:
        """What answers the challenges of a 401: the `Authorization` value, and the words for the trace; "" where
        there is nothing (more) to say. `sent` is what the refused request carried."""
        challenge = choose_challenge(parse_challenges(values))
        if challenge is None:
            kinds = ", ".join(sorted({challenge.scheme for challenge in parse_challenges(values)}))
            return "", f"no answer to {kinds or 'a 401 without a challenge'}"
        where = f"realm {challenge.realm!r}" if challenge.realm else url.host_port
        spaces = self._spaces.get(url.origin, [])
        stale = challenge.parameters.get("stale", "").lower() == "true" and sent.startswith("Digest ")
        credentials = self._for(url)
        if credentials is None:
            known = next((space for space in spaces if space.challenge.realm == challenge.realm), None)
            credentials = known.credentials if known is not None and (stale or not sent) else None
        if sent and not stale:
            self._spaces.pop(url.origin, None)
            if not self._is_news(sent, challenge):
                return "", f"the credentials for {where} were refused"
        if credentials is None:
            return "", f"no credentials for {where}"
        space = _Space(credentials, challenge, _prefix(url, challenge))
        self._remember(url.origin, space)
        words = f"{challenge.scheme.title()} for {where}" + (", a new nonce" if stale else "")
        return self._authorization(space, method, target or url.target, body), words

    def note(self, url: URL, values: Sequence[str]) -> None:
        """Take the next nonce from `Authentication-Info` headers (RFC 7616 section 3.5)."""
        for element in decode_and_split(list(values)):
            found = _PARAMETER.match(element)
            if found is None or found[1].lower() != "nextnonce":
                continue
            for space in self._spaces.get(url.origin, []):
                if space.challenge.scheme == "digest":
                    given = {**space.challenge.parameters, "nonce": found[2] or found[3]}
                    space.challenge, space.count = Challenge("digest", given), 0

    def _for(self, url: URL) -> HTTPCredentials | None:
        own = HTTPCredentials.of_url(url)
        if own is not None:
            return own
        return next((one for one in self._credentials if one.origin in ("", url.origin)), None)

    @staticmethod
    def _is_news(sent: str, challenge: Challenge) -> bool:
        """Whether what was refused was another kind of answer: Basic sent ahead, and the server wants Digest."""
        return sent.partition(" ")[0].lower() != challenge.scheme

    def _remember(self, origin: str, space: _Space) -> None:
        spaces = [
            known for known in self._spaces.get(origin, []) if known.challenge.realm != space.challenge.realm
        ]
        self._spaces[origin] = [*spaces, space][-MAX_PROTECTION_SPACES:]
        while len(self._spaces) > MAX_PROTECTION_SPACES:
            del self._spaces[next(iter(self._spaces))]

    def _authorization(self, space: _Space, method: str, target: str, body: bytes) -> str:
        if space.challenge.scheme == "basic":
            return basic_authorization(space.credentials)
        space.count += 1
        request = (method, target, body)
        return digest_authorization(
            space.credentials, space.challenge, request, space.count, self._make_nonce()
        )


def _prefix(url: URL, challenge: Challenge) -> str:
    """What the paths of a space begin with: the challenged path's folder for Basic (RFC 7617 section 2.2), all of the
    origin for Digest (RFC 7616 section 3.3, `domain`)."""
    if challenge.scheme == "digest":
        return ""
    return url.path[: url.path.rfind("/") + 1]
