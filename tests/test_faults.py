"""Every broken neighbour, as a document and as each kind of subresource: the page renders, or fails with an error of
our own, within its budget; and nothing is left behind (tests.net.support.run counts tasks and descriptors).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from io import BytesIO

import pytest

pytest.importorskip("cryptography")

from PIL import Image

from fixtures.http_neighbours import HTTP_NEIGHBOURS
from fixtures.neighbours import NEIGHBOURS, Street
from fixtures.tls_neighbours import TLS_NEIGHBOURS
from minibrowser.browser import Browser, BrowserContext
from minibrowser.errors import MinibrowserError, NetworkError, NoContentError
from minibrowser.net import NetworkConfig, Timeouts
from minibrowser.page.executor import InlineExecutor
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font_context import FontContext
from tests.net.support import run

KINDS = {
    "style": ("/sheet.css", '<link rel="stylesheet" href="{url}">'),
    "image": ("/picture.png", '<img src="{url}" width="40" height="20" alt="">'),
    "background": ("/back.png", '<div style="width: 40px; height: 20px; background: url({url})"></div>'),
    "font": (
        "/font.ttf",
        '<style>@font-face {{ font-family: f; src: url("{url}") }} p {{ font-family: f }}</style><p>words</p>',
    ),
    "iframe": ("/frame.html", '<iframe src="{url}" width="100" height="40"></iframe>'),
}
"""Kinds of subresources: the path that is asked for, and the markup that asks."""


@pytest.fixture(scope="module")
def fonts() -> FontContext:
    return FontContext(system_fonts())


def config(street: Street, *, hurry: bool) -> NetworkConfig:
    """Settings for a visit. Those who never end get little time; from others no time limit may hide an error."""
    timeouts = Timeouts(connect=1.0, idle=0.5, total=2.0) if hurry else Timeouts()
    return NetworkConfig(ca_data=street.ca_pem, timeouts=timeouts, max_body_bytes=1024 * 1024)


@dataclass
class Findings:
    """What a visit saw: the document's error, and by kind of subresource whether the page was whole."""

    error: MinibrowserError | None = None
    whole: dict[str, bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


async def visit(name: str, fonts: FontContext) -> Findings:
    findings = Findings()
    async with Street(name) as street:
        async with Browser(
            network=config(street, hurry=NEIGHBOURS[name].is_slow), fonts=fonts, executor=InlineExecutor()
        ) as browser:
            context = await browser.new_context(viewport=(200, 200))
            await asyncio.gather(
                see_document(context, street.url(name), findings),
                *(see_page(context, kind, street, name, findings) for kind in KINDS),
            )
        # Whoever sends for ever stops when the browser is gone.
        await street.wait_until_empty()
    return findings


async def see_document(context: BrowserContext, url: str, findings: Findings) -> None:
    async with await context.new_page() as page:
        try:
            await page.goto(url)
        except NoContentError:
            return  # which leaves what was there before: nothing
        except MinibrowserError as error:
            findings.error = error
            return
        check_picture(await page.screenshot())


async def see_page(context: BrowserContext, kind: str, street: Street, name: str, findings: Findings) -> None:
    path, markup = KINDS[kind]
    async with await context.new_page() as page:
        url = street.url(name, path)
        html = f"<!DOCTYPE html><body>{markup.format(url=url)}<h1>Still here</h1>"
        await page.set_content(html, base_url="http://localhost/")
        check_picture(await page.screenshot())
        findings.whole[kind] = "Still here" in await page.text()
        records = [record for record in page.resources() if record.url == url]
        assert records, kind
        findings.notes[kind] = records[0].error


def check_picture(data: bytes) -> None:
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (200, 200)


@pytest.mark.parametrize("name", HTTP_NEIGHBOURS)
def test_a_neighbour_who_cannot_speak_http_breaks_no_page(name: str, fonts: FontContext) -> None:
    neighbour = HTTP_NEIGHBOURS[name]
    findings = run(visit(name, fonts))
    assert findings.whole == dict.fromkeys(KINDS, True)
    if neighbour.error is None:
        assert findings.error is None
        return
    assert type(findings.error) is neighbour.error
    assert isinstance(findings.error, NetworkError)
    assert neighbour.words in str(findings.error)
    assert "\n" not in str(findings.error)
    # A subresource fails for the same reason, and the page says so.
    assert all(findings.notes.values()), findings.notes


@pytest.mark.parametrize("name", TLS_NEIGHBOURS)
def test_a_neighbour_whose_tls_is_broken_is_told_by_class_and_words(name: str, fonts: FontContext) -> None:
    neighbour = TLS_NEIGHBOURS[name]
    findings = run(visit(name, fonts))
    assert type(findings.error) is neighbour.error
    assert neighbour.words in str(findings.error)
    assert str(findings.error).startswith("localhost")
    assert findings.whole == dict.fromkeys(KINDS, True)
    assert all(findings.notes.values()), findings.notes


def test_the_faults_that_people_know_have_a_class_each() -> None:
    known = ("expired", "not yet valid", "wrong host", "self-signed", "unknown authority", "old protocol",
             "handshake that never ends", "not TLS at all", "wants a client certificate")  # fmt: skip
    assert len({TLS_NEIGHBOURS[name].error for name in known}) == len(known)
    assert len({neighbour.words for neighbour in TLS_NEIGHBOURS.values()}) == len(TLS_NEIGHBOURS)
