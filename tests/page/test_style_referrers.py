"""What pictures and fonts that styles name tell of who asks: as Chromium 156 does, measured."""

from __future__ import annotations

import pytest

from tests.net.support import answer, run
from tests.page.support import Site, page, visitor

FONT = "@font-face { font-family: F; src: url(/f.woff2) }"
MARKUP = (
    f"<link rel=stylesheet href=a.css><style>{FONT} p {{ font-family: F; background: url(/in.png) }}</style>"
    "<p id=a>a</p><div style='background: url(/at.png)'>b</div><img src=i.png>"
)


@pytest.mark.parametrize(
    ("document", "sheet", "in_document", "in_sheet", "element"),
    [
        ("", "", "/d/", "/d/a.css", "/d/"),
        ("no-referrer", "", "/d/", "/d/a.css", ""),
        ("origin", "", "/d/", "/d/a.css", "/"),
        ("no-referrer", "origin", "/d/", "/", ""),
        ("", "no-referrer", "/d/", "", "/d/"),
    ],
)
def test_styles_heed_the_sheets_policy_and_elements_the_documents(
    document: str, sheet: str, in_document: str, in_sheet: str, element: str
) -> None:
    async def main() -> None:
        routes = {
            "/d/": page(MARKUP, referrer_policy=document),
            "/d/a.css": answer(
                b"#a { background: url(/sheet.png) } div { border-image: url(/border.png) 1 }",
                content_type="text/css",
                referrer_policy=sheet,
            ),
        }
        async with Site(dict(routes)) as site, visitor() as visit:
            await visit.goto(site.origin + "/d/")
            await visit.screenshot()

            def sent(target: str) -> str:
                return site.header(target, "referer").removeprefix(site.origin)

            assert [sent("/f.woff2"), sent("/at.png")] == [in_document] * 2
            assert [sent("/sheet.png"), sent("/border.png")] == [in_sheet] * 2
            assert sent("/d/i.png") == element

    run(main())
