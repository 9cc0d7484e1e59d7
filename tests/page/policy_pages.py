"""Pages with policies, and the small internet they live in: what is asked for there shows what a policy allows.

`python -m tests.page.policy_pages [NAME ...]` has Chromium visit them and writes down what it asks for, beside this
file; the test beside it has us visit them. Scheme, host, target, referrer and origin of every request are compared.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from fixtures.certificates import Certificates
from tests.net.support import Received, Server, answer

RECORD: Final = Path(__file__).with_name("chromium_requests.json")
CHROMIUM: Final = "chromium"
GIF: Final = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


PICTURES: Final = "".join(
    f'<img src="{url}">'
    for url in (
        "/a.png", "http://shop.example:8080/a.png", "http://cdn.shop.example/img/a.png",
        "http://cdn.shop.example/img/sub/b.png", "http://cdn.shop.example:8080/img/a.png",
        "http://other.example/img/a.png", "http://127.0.0.1/x.png", "/r/1?to=http://other.example/img/a2.png",
        "http://other.example/img/r2?to=http://cdn.shop.example/zzz.png", "http://cdn.shop.example/img/%61.png",
        "http://[::1]/y.png",
    )
)  # fmt: skip

INLINE: Final = "#a{background:url(/bg-inline.png)}"
ATTRIBUTE: Final = "background:url(/bg-attr.png)"
SHEET_4: Final = digest("#s4{background:url(/bg-s4.png)}")
SHEET_5: Final = digest("#s5{background:url(/bg-s5.png)}")
ELEMENTS: Final = f"""\
<link rel=stylesheet href=/s1.css><link rel=stylesheet href=http://cdn.example/s2.css nonce=N>
<link rel=stylesheet href=/s3.css integrity="sha256-AAAA">
<link rel=stylesheet href=http://cdn.example/s4.css integrity="sha256-{SHEET_4}">
<link rel=stylesheet crossorigin href=http://cdn.example/s5.css integrity="sha256-{SHEET_5}">
<link rel=stylesheet href=/s6.css><link rel=stylesheet href=/s7.css>
<link rel=stylesheet referrerpolicy=origin href=/s8.css><link rel=stylesheet href=/nosniff.css>
<link rel=stylesheet href=/txt.css>
<style>{INLINE}</style><style nonce=N>#b{{background:url(/bg-nonce.png)}}</style><style>@import '/imp.css';</style>
<style>@font-face{{font-family:F;src:url(/font-same)}}@font-face{{font-family:G;src:url(http://cdn.example/font-open)}}
@font-face{{font-family:H;src:url(http://cdn.example/font-closed)}}</style>
<div id=a>a</div><div id=b>b</div><div style="{ATTRIBUTE}">c</div><div id=imp>d</div><div id=s1>1</div>
<div id=s2>2</div><div id=s3>3</div><div id=s4>4</div><div id=s5>5</div><div id=s6>6</div><div id=s8>8</div>
<div id=nosniff>n</div>
<div id=txt>t</div><p style="font-family:F">f<p style="font-family:G">g<p style="font-family:H">h
<iframe src=/frame1></iframe><iframe src=http://cdn.example/frame2></iframe><iframe src=http://cdn.example/deny></iframe>
<iframe src=http://cdn.example/fa></iframe><iframe srcdoc="<img src=/srcdoc.png>"></iframe>
<img src=/i.png referrerpolicy=origin><img src=http://cdn.example/i2.png referrerpolicy=unsafe-url>
<img srcset="http://cdn.example/set.png 1x"><video poster=/poster.png></video><input type=image src=/input.png>
<img src=http://cdn.example/cross.png crossorigin><img src=/same.png crossorigin=use-credentials>"""

MIXED: Final = """\
<link rel=stylesheet href=http://cdn.example/s.css><img src=http://cdn.example/i.png>
<img srcset="http://cdn.example/set.png 1x"><style>#a{background:url(http://cdn.example/bg.png)}
@font-face{font-family:F;src:url(http://cdn.example/font)}</style><div id=a style="font-family:F">a</div>
<video poster=http://cdn.example/poster.png></video><img src=http://127.0.0.1/lo.png><img src=http://192.0.2.7/ip.png>
<img src=http://localhost/lo2.png><iframe src=/inner></iframe><img src=/redir?to=http://cdn.example/r.png>
<picture><source srcset=http://cdn.example/pic.png><img src=x.png></picture>
<input type=image src=http://cdn.example/in.png><img src=http://cdn.example:8080/p.png>
<img crossorigin src=http://cdn.example/cors.png>
<iframe srcdoc="<img src=http://cdn.example/srcdoc.png><link rel=stylesheet href=http://cdn.example/srcdoc.css>"></iframe>"""


class PolicyPage:
    """A page: where it is, the headers and the markup that make its policy, and what it asks for."""

    def __init__(self, name: str, body: str, head: str = "", *, scheme: str = "http", **headers: str) -> None:
        self.name = name
        self.url = f"{scheme}://shop.example/page/{name}/x?y"
        self.reply = answer(
            f"<!DOCTYPE html>{head}{body}".encode(),
            content_type="text/html",
            cache_control="no-store",
            **headers,
        )


def _pages() -> list[PolicyPage]:
    sources = [
        "img-src 'self'", "img-src *", "img-src 'none'", "img-src shop.example", "img-src *.shop.example",
        "img-src http:", "img-src http://cdn.shop.example/img/", "img-src cdn.shop.example/img/a.png",
        "img-src cdn.shop.example:*", "img-src *:8080", "img-src http://*:8080", "img-src 127.0.0.1",
        "img-src [::1]", "img-src 'self' other.example/img/", "default-src other.example",
        "default-src 'none'; img-src CDN.SHOP.EXAMPLE", "img-src other.example, img-src 'self'", "img-src",
        "img-src cdn.shop.example/img", "img-src *.example", "img-src http://shop.example:80",
        "img-src https://shop.example", "img-src shop.example:8080/", "img-src cdn.shop.example/img/%61.png",
        "img-src cdn.shop.example/img/a%2epng", "object-src 'none'", "img-src 'self' 'none'",
        "IMG-SRC *; img-src 'none'", "img-src ws:", "img-src cdn.shop.example:80/img/?x", "img-src *.",
        "img-src http://shop.example/r/ other.example", "sandbox; img-src 'self'",
    ]  # fmt: skip
    found = [PolicyPage(f"c{n}", PICTURES, content_security_policy=csp) for n, csp in enumerate(sources)]
    element_policies = [
        "default-src 'self'", "style-src 'nonce-N'", f"style-src 'sha256-{digest(INLINE)}'",
        f"style-src 'sha256-{digest(ATTRIBUTE)}' 'unsafe-hashes'", "style-src 'unsafe-inline' 'nonce-X'",
        "style-src 'unsafe-inline'; font-src cdn.example; frame-src 'self'",
        "style-src-elem 'self'; style-src-attr 'unsafe-inline'; child-src cdn.example", "sandbox allow-same-origin",
        "sandbox",
    ]  # fmt: skip
    found += [
        PolicyPage(f"e{n}", ELEMENTS, content_security_policy=csp) for n, csp in enumerate(element_policies)
    ]
    referrers = [
        "", "no-referrer", "origin", "same-origin", "unsafe-url", "strict-origin", "origin-when-cross-origin",
        "no-referrer-when-downgrade",
    ]  # fmt: skip
    found += [PolicyPage(f"r{n}", ELEMENTS, referrer_policy=words) for n, words in enumerate(referrers)]
    base = "<base href=http://cdn.example/>"
    found += [
        PolicyPage(
            "m0",
            ELEMENTS,
            "<meta http-equiv=content-security-policy content=\"img-src 'self'; style-src 'self' 'unsafe-inline'\">",
        ),
        PolicyPage("m1", ELEMENTS, "<meta name=referrer content=never>", referrer_policy="origin, nonsense"),
        PolicyPage("b0", ELEMENTS, base),
        PolicyPage("b1", ELEMENTS, base, content_security_policy="base-uri 'self'"),
        PolicyPage("x0", MIXED, scheme="https"),
        PolicyPage("x1", MIXED, scheme="https", content_security_policy="upgrade-insecure-requests"),
    ]
    return found


PAGES: Final = {page.name: page for page in _pages()}

Asked = list[str | None]
"""Scheme, host, target, `Referer` and `Origin` of a request."""


class Internet:
    """All hosts, over http and https. `asked` is what was asked for besides the pages themselves."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[Asked] = []
        context = Certificates(folder).server(hosts=("shop.example", "cdn.example"))
        self.plain = Server(self._handler("http"))
        self.secure = Server(self._handler("https"), context)

    async def __aenter__(self) -> Internet:
        await self.plain.__aenter__()
        await self.secure.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.plain.__aexit__(None, None, None)
        await self.secure.__aexit__(None, None, None)

    def requests(self) -> list[Asked]:
        """What was asked for since the last time, each once, in order."""
        found = sorted({json.dumps(entry) for entry in self.asked})
        self.asked.clear()
        return [json.loads(text) for text in found]

    def _handler(self, scheme: str) -> Callable[[Received], Awaitable[bytes]]:
        async def handle(request: Received) -> bytes:
            host, headers = request.headers.get("host", ""), request.headers
            path, _, query = request.target.partition("?")
            if path.startswith("/page/"):
                return PAGES[path.split("/")[2]].reply
            if not host.endswith((".example", ".example:8080", "localhost", "127.0.0.1", "]", "192.0.2.7")):
                return answer(b"", "404 Not Found")  # the browser's own errands
            if path == "/favicon.ico":
                return answer(b"", "404 Not Found")
            self.asked.append([scheme, host, request.target, headers.get("referer"), headers.get("origin")])
            return _reply(path, query)

        return handle


def _fresh(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    return answer(body, status, cache_control="no-store", **headers)


def _reply(path: str, query: str) -> bytes:
    name = path[1:].partition(".")[0]
    if "to=" in query:
        return _fresh(status="302 Found", location=query.partition("to=")[2])
    if path.endswith(".css"):
        text = f"#{name}{{background:url(/bg-{name}.png)}}"
        if name == "s6":
            text += "@font-face{font-family:s6;src:url(/font-s6)}#s6{font-family:s6}"
            return _fresh(text.encode(), content_type="text/css", referrer_policy="origin")
        if name == "s7":
            text = "@import '/imp2.css';"
        if name in ("nosniff", "txt"):
            sniff = "nosniff" if name == "nosniff" else ""
            return _fresh(text.encode(), content_type="text/plain", x_content_type_options=sniff)
        return _fresh(text.encode(), content_type="text/css", access_control_allow_origin="*")
    if path.startswith("/font"):
        shared = "*" if "open" in path else ""
        return _fresh(b"no font", content_type="font/woff2", access_control_allow_origin=shared)
    if path == "/inner":
        markup = (
            "<img src=http://cdn.example/inner.png><link rel=stylesheet href=http://cdn.example/inner.css>"
        )
        return _fresh(b"<!DOCTYPE html>" + markup.encode(), content_type="text/html")
    if path in ("/deny", "/fa") or path.startswith("/frame"):
        frame = f"<!DOCTYPE html><img src=in{name}.png>".encode()
        options = "DENY" if path == "/deny" else ""
        policy = "frame-ancestors 'self'" if path == "/fa" else ""
        return _fresh(
            frame, content_type="text/html", x_frame_options=options, content_security_policy=policy
        )
    return _fresh(GIF, content_type="image/gif", access_control_allow_origin="*")


async def _chromium(internet: Internet, page: PolicyPage) -> list[Asked]:
    folder = tempfile.mkdtemp()
    plain, secure = internet.plain.port, internet.secure.port
    hosts = f"MAP *:443 127.0.0.1:{secure}, MAP *:80 127.0.0.1:{plain}, MAP *:8080 127.0.0.1:{plain}"
    if page.url.startswith("https:"):
        hosts = hosts.replace(f"*:8080 127.0.0.1:{plain}", f"*:8080 127.0.0.1:{secure}")
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", "--no-proxy-server",
        "--disable-features=HttpsUpgrades,LocalNetworkAccessChecks,PrivateNetworkAccessSendPreflights",
        f"--user-data-dir={folder}", f"--host-resolver-rules={hosts}", "--window-size=1280,2000",
        "--virtual-time-budget=4000", f"--screenshot={folder}/x.png", page.url,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await process.wait()
    shutil.rmtree(folder, ignore_errors=True)
    return internet.requests()


async def _record(names: list[str]) -> None:
    found = json.loads(RECORD.read_text(encoding="utf-8")) if names else {}
    with tempfile.TemporaryDirectory() as folder:
        async with Internet(Path(folder)) as internet:
            for page in [PAGES[name] for name in names] or PAGES.values():
                found[page.name] = await _chromium(internet, page)
                print(page.name, len(found[page.name]), file=sys.stderr)
    lines = [
        f"{json.dumps(name)}: [\n" + ",\n".join(map(json.dumps, asked)) + "\n]"
        for name, asked in found.items()
    ]
    RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_record(sys.argv[1:]))
