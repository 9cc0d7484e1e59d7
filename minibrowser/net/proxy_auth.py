"""What a session says to proxies that ask who it is (RFC 9110 section 11.7). Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, final

from ..url import URL
from .auth import Authenticator, HTTPCredentials
from .proxy import Proxy


@final
class ProxyAuthenticators:
    """Credentials stand in a proxy's address; they go along as Basic at once, and as Digest where the proxy wants that.

    Mutable: one `Authenticator` for each proxy, made when it is first met.
    """

    def __init__(self, make_nonce: Callable[[], str]) -> None:
        """`make_nonce` gives an unpredictable word for each Digest answer."""
        self._make_nonce: Final = make_nonce
        self._known: Final[dict[str, Authenticator]] = {}

    def ahead(self, proxy: Proxy, method: str, target: str) -> str:
        """The `Proxy-Authorization` of a request, "" for none. `target`: its request target."""
        if not proxy.authorization:
            return ""
        return self._for(proxy).ahead(method, _address(proxy), target=target) or proxy.authorization

    def answer(
        self, proxy: Proxy, method: str, target: str, values: Sequence[str], sent: str
    ) -> tuple[str, str]:
        """What answers a 407's `Proxy-Authenticate` headers, and the words for the trace; "" where there is nothing
        (more) to say. `sent` is what the refused request carried."""
        if not proxy.authorization:
            return "", f"the proxy {proxy.name} wants credentials"
        return self._for(proxy).answer(method, _address(proxy), values, sent=sent, target=target)

    def _for(self, proxy: Proxy) -> Authenticator:
        key = f"{proxy.name} {proxy.authorization}"
        known = self._known.get(key)
        if known is None:
            # A colon in the name could not be told from the one that ends it.
            name = proxy.username.partition(":")[0]
            credentials = HTTPCredentials(username=name, password=proxy.password)
            known = self._known[key] = Authenticator((credentials,), self._make_nonce)
        return known


def _address(proxy: Proxy) -> URL:
    scheme = "https" if proxy.scheme == "https" else "http"
    return URL(f"{scheme}://{proxy.host}:{proxy.port}/")
