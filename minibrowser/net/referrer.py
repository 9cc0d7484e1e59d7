"""What goes into the `Referer` and `Origin` headers. Pure."""

from __future__ import annotations

from ..url import URL, is_loopback_host


def referrer_header(source: str, target: URL) -> str:
    """The `Referer` value under `strict-origin-when-cross-origin`, the default policy, or "" for none.

    https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
    TODO: the other policies come with the Referrer-Policy header.
    """
    if not source:
        return ""
    referrer = URL(source)
    if not referrer.is_http:
        return ""
    if is_downgrade(referrer, target):
        return ""
    if referrer.origin == target.origin:
        stripped = referrer.without_credentials().without_fragment().href
        if (
            len(stripped) <= 4096
        ):  # "strip url for use as a referrer", the cap of step 2 of the header's section
            return stripped
    return referrer.origin + "/"


def origin_header(method: str, mode: str, initiator: str, target: URL) -> str:
    """The `Origin` value, or "" for none (https://fetch.spec.whatwg.org/#append-a-request-origin-header)."""
    if not initiator:
        return ""
    source = URL(initiator)
    if mode == "cors":
        return source.origin if source.origin != target.origin else ""
    if method in ("GET", "HEAD"):
        return ""
    return "null" if is_downgrade(source, target) else source.origin


def is_downgrade(source: URL, target: URL) -> bool:
    """Whether the way leads from a trustworthy place to one that is not."""
    return source.scheme == "https" and target.scheme != "https" and not is_loopback_host(target.host)
