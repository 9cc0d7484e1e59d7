"""Content Security Policy: which fetches, frames and inline styles a document's policies allow. Pure and total.

In: the values of `Content-Security-Policy` headers and of <meta> elements. Out: "" or the reason of a refusal, fit for
the trace. https://w3c.github.io/webappsec-csp/

    policy = ContentSecurityPolicy.parse(response.headers.get_all("content-security-policy"), response.url)
    policy = policy.with_meta(meta.get("content"))
    policy.allows("image", url)                       # before the fetch, and for the URL of every redirect
    policy.allows_inline("style", text, nonce)        # <style>; "style-attribute" for style="..."

`Content-Security-Policy-Report-Only` only reports, and there is nobody here to report to.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Final, final
from urllib.parse import unquote

from ..errors import InvalidURLError
from ..limits import MAX_CSP_BYTES
from ..url import DEFAULT_PORTS, URL

_DESTINATIONS: Final = {
    "image": "img-src",
    "font": "font-src",
    "style": "style-src-elem",
    "script": "script-src-elem",
    "iframe": "frame-src",
    "frame": "frame-src",
    "object": "object-src",
    "embed": "object-src",
    "audio": "media-src",
    "video": "media-src",
    "track": "media-src",
    "manifest": "manifest-src",
    "worker": "worker-src",
    "json": "connect-src",
    "": "connect-src",
}
"""https://w3c.github.io/webappsec-csp/#effective-directive-for-a-request; navigations of the top have none."""

_INLINE: Final = {
    "style": "style-src-elem",
    "style-attribute": "style-src-attr",
    "script": "script-src-elem",
    "script-attribute": "script-src-attr",
}
"""https://w3c.github.io/webappsec-csp/#effective-directive-for-inline-check"""

_FALLBACKS: Final = {
    "style-src-elem": ("style-src-elem", "style-src", "default-src"),
    "style-src-attr": ("style-src-attr", "style-src", "default-src"),
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "script-src-attr": ("script-src-attr", "script-src", "default-src"),
    "worker-src": ("worker-src", "child-src", "script-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
}
"""https://w3c.github.io/webappsec-csp/#directive-fallback-list; others fall back to `default-src` alone."""

_NOT_IN_META: Final = frozenset({"report-uri", "frame-ancestors", "sandbox"})
"""https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-security-policy step 4"""

_SPACE: Final = " \t\n\f\r"
_SCHEME_SOURCE: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):\Z")
_HOST_SOURCE: Final = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[A-Za-z0-9_.-]+)"
    r"(?::(?P<port>[0-9]{1,5}|\*))?(?P<path>/[^;,?#]*)?(?:[?#].*)?\Z"
)
_NONCE: Final = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'\Z", re.IGNORECASE)
_HASH: Final = re.compile(r"'(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})'\Z", re.IGNORECASE)
_TO_BASE64: Final = str.maketrans("-_", "+/")


@final
class Policy:
    """One serialized policy: its directives, the first of each name. Immutable."""

    __slots__ = ("directives",)

    def __init__(self, directives: dict[str, tuple[str, ...]]) -> None:
        self.directives: Final = directives

    def governing(self, directive: str) -> str:
        """The name of the directive that decides for `directive`, "" where none does."""
        for name in _FALLBACKS.get(directive, (directive, "default-src")):
            if name in self.directives:
                return name
        return ""

    def __repr__(self) -> str:
        return f"<Policy {'; '.join(' '.join((name, *values)) for name, values in self.directives.items())}>"


@final
class ContentSecurityPolicy:
    """The policies of one document, each of which must allow. Immutable; the empty one allows everything.

    Attributes:
        self_url: what 'self' stands for.
    """

    __slots__ = ("_self", "policies", "self_url")

    def __init__(self, policies: tuple[Policy, ...], self_url: str) -> None:
        self.policies: Final = policies
        self.self_url: Final = self_url
        self._self: Final = _url(self_url)

    @classmethod
    def parse(cls, values: Iterable[str], self_url: str) -> ContentSecurityPolicy:
        """The policies of the headers of a response (https://w3c.github.io/webappsec-csp/#parse-response-csp)."""
        policies = (_parse_policy(text) for value in values for text in value[:MAX_CSP_BYTES].split(","))
        return cls(tuple(policy for policy in policies if policy.directives), self_url)

    def with_meta(self, content: str) -> ContentSecurityPolicy:
        """These policies and that of a `<meta http-equiv=Content-Security-Policy content=...>`, which counts from
        where it stands in the document."""
        policy = _parse_policy(content[:MAX_CSP_BYTES])
        kept = {name: value for name, value in policy.directives.items() if name not in _NOT_IN_META}
        return ContentSecurityPolicy((*self.policies, Policy(kept)), self.self_url) if kept else self

    def __bool__(self) -> bool:
        return bool(self.policies)

    def __repr__(self) -> str:
        return f"<ContentSecurityPolicy {list(self.policies)}>"

    # --- What is fetched -----------------------------------------------------------------------------

    def allows(
        self,
        destination: str,
        url: str,
        nonce: str = "",
        redirected: bool = False,
        *,
        parser_inserted: bool = True,
    ) -> str:
        """Why a fetch is refused, "" where it is allowed
        (https://w3c.github.io/webappsec-csp/#should-block-request).

        `destination` as in `Request`; `nonce` is the element's; `redirected`: the URL came out of a redirect, whose
        path is nobody's business.
        """
        directive = _DESTINATIONS.get(destination)
        if directive is None or not self.policies:
            return ""
        target = _url(url)
        if target is None:
            return ""
        for policy in self.policies:
            name = policy.governing(directive)
            if not name:
                continue
            sources = policy.directives[name]
            if directive in ("style-src-elem", "script-src-elem") and _has_nonce(sources, nonce):
                continue
            if directive == "script-src-elem" and _has_keyword(sources, "'strict-dynamic'"):
                # https://w3c.github.io/webappsec-csp/#script-pre-request step 1.4: URLs do not count
                if not parser_inserted:
                    continue
            elif any(self._matches(source, target, redirected) for source in sources):
                continue
            return f"{_words(name, sources)} does not allow {target.shown(120)}"
        return ""

    def allows_inline(self, kind: str, text: str, nonce: str = "") -> str:
        """Why an inline style or script is refused, "" where it is allowed
        (https://w3c.github.io/webappsec-csp/#should-block-inline). `kind`: "style", "style-attribute", "script",
        "script-attribute"; `nonce` is the element's, which attributes have not."""
        for policy in self.policies:
            name = policy.governing(_INLINE[kind])
            if name and not _matches_inline(policy.directives[name], kind, text, nonce):
                return (
                    f"{_words(name, policy.directives[name])} does not allow inline {kind.replace('-', ' ')}s"
                )
        return ""

    def allows_ancestors(self, ancestors: Sequence[str]) -> str:
        """Why the document may not be shown in a frame, "" where it may. `ancestors`: the URLs of the documents around
        it, inner first (https://w3c.github.io/webappsec-csp/#frame-ancestors-navigation-response)."""
        for policy in self.policies:
            sources = policy.directives.get("frame-ancestors")
            if sources is None:
                continue
            for ancestor in ancestors:
                outer = _url(ancestor)
                if outer is None or not any(self._matches(source, outer, True) for source in sources):
                    where = outer.origin if outer is not None and outer.origin != "null" else ancestor[:60]
                    return f"{_words('frame-ancestors', sources)} does not allow {where}"
        return ""

    def allows_base(self, url: str) -> str:
        """Why a `<base href>` does not count, "" where it does
        (https://w3c.github.io/webappsec-csp/#allow-base-for-document)."""
        return self._allows_by("base-uri", url)

    def allows_form(self, url: str) -> str:
        """Why a form may not be sent there, "" where it may (https://w3c.github.io/webappsec-csp/#directive-form-action)."""
        return self._allows_by("form-action", url)

    @property
    def has_frame_ancestors(self) -> bool:
        """Whether `frame-ancestors` is stated, which silences `X-Frame-Options`."""
        return any("frame-ancestors" in policy.directives for policy in self.policies)

    @property
    def upgrades_insecure_requests(self) -> bool:
        """https://w3c.github.io/webappsec-upgrade-insecure-requests/#delivery"""
        return any("upgrade-insecure-requests" in policy.directives for policy in self.policies)

    @property
    def sandbox(self) -> frozenset[str] | None:
        """The `allow-...` words of `sandbox`, None where the document is not in a sandbox
        (https://w3c.github.io/webappsec-csp/#directive-sandbox); several policies allow what all of them do."""
        found = [
            frozenset(word.lower() for word in policy.directives["sandbox"])
            for policy in self.policies
            if "sandbox" in policy.directives
        ]
        return frozenset.intersection(*found) if found else None

    def _allows_by(self, directive: str, url: str) -> str:
        target = _url(url)
        if target is None:
            return ""
        for policy in self.policies:
            sources = policy.directives.get(directive)
            if sources is not None and not any(self._matches(source, target, False) for source in sources):
                return f"{_words(directive, sources)} does not allow {target.shown(120)}"
        return ""

    def _matches(self, source: str, url: URL, redirected: bool) -> bool:
        """https://w3c.github.io/webappsec-csp/#match-url-to-source-expression; steps are its."""
        own = self._self
        if source == "*":  # step 1
            return url.scheme in ("http", "https", "ws", "wss") or (
                own is not None and url.scheme == own.scheme
            )
        lower = source.lower()
        if lower == "'self'":  # step 4
            return own is not None and _is_self(own, url)
        if lower.startswith("'"):  # a keyword, a nonce, a hash
            return False
        scheme = _SCHEME_SOURCE.match(source)
        if scheme is not None:  # step 2
            return _scheme_matches(scheme[1].lower(), url.scheme)
        host = _HOST_SOURCE.match(source)
        if host is None or not url.host:  # step 3
            return False
        stated = (host["scheme"] or "").lower()
        wanted = stated or (own.scheme if own is not None else "")
        if not _scheme_matches(wanted, url.scheme):
            return False
        if not _host_matches(host["host"].lower(), url.host.lower()):
            return False
        if not _port_matches(host["port"] or "", url, upgraded=wanted in ("http", "ws")):
            return False
        return redirected or _path_matches(host["path"] or "", url.path)


# --- Pieces ------------------------------------------------------------------------------------------


def _parse_policy(text: str) -> Policy:
    """https://w3c.github.io/webappsec-csp/#parse-serialized-policy"""
    directives: dict[str, tuple[str, ...]] = {}
    for token in text.split(";"):
        words = token.strip(_SPACE).split()
        if not words or not token.isascii():
            continue
        directives.setdefault(words[0].lower(), tuple(words[1:]))
    return Policy(directives)


def _url(text: str) -> URL | None:
    try:
        return URL(text)
    except InvalidURLError:
        return None


def _is_self(own: URL, url: URL) -> bool:
    if own.origin == url.origin and own.origin != "null":
        return True
    if own.scheme == "file":  # AD-HOC: opaque origins match nothing; local pages would then show nothing
        return url.scheme == "file"
    if own.host != url.host or not own.host:
        return False
    ports_match = own.effective_port == url.effective_port or (own.port is None and url.port is None)
    secure = url.scheme in ("https", "wss") or (own.scheme == "http" and url.scheme in ("http", "ws"))
    return ports_match and secure


def _scheme_matches(pattern: str, scheme: str) -> bool:
    """https://w3c.github.io/webappsec-csp/#scheme-part-match; as in Chromium, `ws:` means no http."""
    return scheme == pattern or (pattern, scheme) in (("http", "https"), ("ws", "wss"))


def _host_matches(pattern: str, host: str) -> bool:
    """https://w3c.github.io/webappsec-csp/#host-part-match. AD-HOC: IPv4 addresses match themselves, as in Chromium; by
    the standard they match nothing, as IPv6 ones do everywhere."""
    if pattern == "*":
        return True
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


def _port_matches(pattern: str, url: URL, *, upgraded: bool) -> bool:
    """https://w3c.github.io/webappsec-csp/#port-part-match; `upgraded`: the scheme may stand for its secure one, and
    then its default port for the other's."""
    if pattern == "*":
        return True
    if not pattern:
        return url.port is None or url.port == DEFAULT_PORTS.get(url.scheme)
    port = url.effective_port
    return int(pattern) == port or (upgraded and int(pattern) == 80 and port == 443)


def _path_matches(pattern: str, path: str) -> bool:
    """https://w3c.github.io/webappsec-csp/#path-part-match"""
    if not pattern or (pattern == "/" and not path):
        return True
    wanted, given = pattern.split("/"), path.split("/")
    exact = not pattern.endswith("/")
    if len(wanted) > len(given) or (exact and len(wanted) != len(given)):
        return False
    if not exact:
        wanted.pop()
    return all(unquote(one) == unquote(other) for one, other in zip(wanted, given, strict=False))


def _has_keyword(sources: tuple[str, ...], keyword: str) -> bool:
    return any(source.lower() == keyword for source in sources)


def _has_nonce(sources: tuple[str, ...], nonce: str) -> bool:
    """https://w3c.github.io/webappsec-csp/#match-nonce-to-source-list"""
    return bool(nonce) and any((found := _NONCE.match(source)) and found[1] == nonce for source in sources)


def _matches_inline(sources: tuple[str, ...], kind: str, text: str, nonce: str) -> bool:
    """https://w3c.github.io/webappsec-csp/#match-element-to-source-list; steps are its."""
    hashes = [found for source in sources if (found := _HASH.match(source))]
    strict = kind != "style" and kind != "style-attribute" and _has_keyword(sources, "'strict-dynamic'")
    restricted = bool(hashes) or strict or any(_NONCE.match(source) for source in sources)
    if not restricted and _has_keyword(sources, "'unsafe-inline'"):  # step 1
        return True
    is_element = kind in ("style", "script")
    if is_element and _has_nonce(sources, nonce):  # step 2
        return True
    if not is_element and not _has_keyword(sources, "'unsafe-hashes'"):  # steps 3 to 5
        return False
    data = text.encode("utf-8", "surrogatepass")
    for found in hashes:
        digest = base64.b64encode(hashlib.new(found[1].lower(), data).digest()).decode("ascii")
        if found[2].translate(_TO_BASE64).rstrip("=") == digest.rstrip("="):
            return True
    return False


def _words(name: str, sources: tuple[str, ...]) -> str:
    text = " ".join((name, *sources)) if sources else f"{name} (nothing)"
    return f"CSP: {text if len(text) <= 120 else text[:119] + '…'}"
