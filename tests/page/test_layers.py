"""Stacking layers as pictures."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from PIL import Image

from minibrowser import Browser
from minibrowser.cli.main import main
from minibrowser.page.layers import LayerPicture

PAGE = """<!doctype html><body style="margin:0;background:#eef">
<div id=a class="card big" style="position:relative;z-index:2;height:40px;background:#f00">
<div style="opacity:.5;height:10px;background:#0f0"></div></div>
<div style="transform:translate(10px);width:20px;height:20px;background:#00f"></div>
<div style="mask:linear-gradient(#000 50%,transparent 0);height:20px;background:#ff0">
<p style="position:relative;z-index:1;margin:0;height:20px;background:#000"></p></div>"""


def layers_of(html: str) -> list[LayerPicture]:
    async def run() -> list[LayerPicture]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 100))
            await page.set_content(html)
            return await page.layers()

    return asyncio.run(run())


def test_each_stacking_context_is_a_picture_in_painting_order() -> None:
    layers = layers_of(PAGE)
    assert [layer.name for layer in layers] == [
        "000-page",
        "001-div",
        "002-div",
        "003-p",
        "004-div-a-card-big",
        "005-div",
    ]
    assert [layer.facts["parent"] for layer in layers] == [-1, 0, 0, 2, 0, 4]
    assert [layer.facts["z"] for layer in layers] == [0, 0, 0, 1, 2, 0]
    assert layers[4].facts["path"] == "1/0"


def test_a_layer_shows_what_it_paints_and_nothing_else() -> None:
    page, moved, masked, inner, card, half = [layer.image for layer in layers_of(PAGE)]
    assert page.getcolors() == [(10_000, (238, 238, 255, 255))]
    assert moved.getbbox() == (10, 40, 30, 60)
    assert sorted(card.getcolors() or []) == [(4000, (255, 0, 0, 255)), (6000, (0, 0, 0, 0))]
    # With the opacity of its own group.
    assert half.getpixel((5, 5)) == (0, 255, 0, 128)
    # Under the mask of the group around it.
    assert masked.getbbox() == inner.getbbox() == (0, 60, 100, 70)


def test_layers_laid_over_each_other_are_the_page() -> None:
    async def run() -> tuple[list[LayerPicture], Image.Image]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 100))
            await page.set_content(PAGE)
            return await page.layers(), await page.image()

    layers, whole = asyncio.run(run())
    stacked = Image.new("RGBA", whole.size, "white")
    for layer in layers:
        stacked.alpha_composite(layer.image)
    assert stacked.convert("RGB").tobytes() == whole.tobytes()


def test_the_command_writes_a_file_for_each_layer_and_an_index(tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text(PAGE)
    arguments = [
        "render",
        str(source),
        "-o",
        str(tmp_path / "p.png"),
        "--layers",
        str(tmp_path / "layers"),
        "--quiet",
    ]
    assert main(arguments) == 0
    index = json.loads((tmp_path / "layers" / "index.json").read_text())
    names = {path.name for path in (tmp_path / "layers").glob("*.png")}
    assert {entry["file"] for entry in index} == names
    assert len(names) == 6
