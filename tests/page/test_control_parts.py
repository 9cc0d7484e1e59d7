"""Parts of form controls that a page styles, in pixels."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser
from minibrowser.layout.date_text import date_text

RED, BLUE, LIME, WHITE, GREEN = (255, 0, 0), (0, 0, 255), (0, 255, 0), (255, 255, 255), (0, 128, 0)


def picture(css: str, body: str) -> Image.Image:
    """A page of 200 x 100 px without margins."""
    reset = "body, input, progress, meter { margin: 0; padding: 0; border: 0; display: block }"

    async def shoot() -> bytes:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(200, 100))
            await page.set_content(f"<!DOCTYPE html><style>{reset}{css}</style>{body}")
            return await page.screenshot()

    with Image.open(io.BytesIO(asyncio.run(shoot()))) as image:
        return image.convert("RGB")


def test_a_sliders_thumb_stands_at_its_share_of_the_track() -> None:
    css = """
        input { appearance: none; width: 100px; height: 20px; background: none }
        ::-webkit-slider-runnable-track { height: 10px; background: blue }
        ::-webkit-slider-thumb { appearance: none; width: 20px; height: 20px; margin-top: -5px; background: red }
    """
    image = picture(css, "<input type=range value=25>")
    # The room is 80px, a quarter of it 20px.
    assert [image.getpixel((x, 10)) for x in (19, 21, 39, 41)] == [BLUE, RED, RED, BLUE]
    assert image.getpixel((30, 1)) == RED
    assert image.getpixel((10, 1)) == WHITE


def test_a_slider_that_keeps_its_native_look_keeps_its_thumb() -> None:
    plain = picture("", "<input type=range>")
    styled = picture("::-webkit-slider-thumb { appearance: none; background: red }", "<input type=range>")
    assert plain.tobytes() == styled.tobytes()


def test_the_bar_and_the_value_of_a_progress() -> None:
    css = """
        progress { appearance: none; width: 100px; height: 10px }
        progress::-webkit-progress-bar { background: blue }
        progress::-webkit-progress-value { background: red }
    """
    image = picture(css, "<progress value=.3></progress>")
    assert [image.getpixel((x, 5)) for x in (29, 31, 99, 101)] == [RED, BLUE, BLUE, WHITE]


def test_parts_that_the_page_leaves_have_chromiums_colours() -> None:
    css = "progress { appearance: none; width: 100px; height: 10px } ::-webkit-progress-bar { background: blue }"
    image = picture(css, "<progress value=.3></progress>")
    assert image.getpixel((10, 5)) == GREEN


def test_a_progress_with_a_background_of_its_own_is_not_native() -> None:
    image = picture(
        "progress { background: red; width: 100px; height: 10px }", "<progress value=.5></progress>"
    )
    assert image.getpixel((10, 5)) == GREEN
    assert image.getpixel((90, 5)) == (128, 128, 128)


def test_a_meters_bar_has_the_middle_of_its_height() -> None:
    css = """
        meter { appearance: none; width: 100px; height: 20px }
        ::-webkit-meter-bar { background: blue }
        ::-webkit-meter-optimum-value { background: lime }
    """
    image = picture(css, "<meter value=.5></meter>")
    assert [image.getpixel((10, y)) for y in (4, 6, 14, 16)] == [WHITE, LIME, LIME, WHITE]
    assert image.getpixel((90, 10)) == BLUE


def test_a_swatch_without_its_wrappers_padding_fills_the_field() -> None:
    css = """
        input { appearance: none; width: 40px; height: 20px }
        ::-webkit-color-swatch-wrapper { padding: 0 }
        ::-webkit-color-swatch { border: none }
    """
    image = picture(css, "<input type=color value='#ff0000'>")
    assert [image.getpixel(point) for point in ((0, 0), (39, 19))] == [RED, RED]


def test_a_placeholder_has_a_background() -> None:
    css = "input { font: 10px/1 sans-serif; width: 100px } ::placeholder { background: red }"
    assert picture(css, "<input placeholder=x>").getpixel((90, 3)) == RED


def test_a_placeholder_does_not_make_its_field_higher() -> None:
    css = "input { font: 10px/1 sans-serif; width: 100px } ::placeholder { font-size: 40px }"
    image = picture(css, "<input placeholder=x><input value=x style='background: blue'>")
    height = next(y for y in range(100) if image.getpixel((50, y)) == BLUE)
    assert height < 20


def test_the_button_of_a_file_field_can_be_hidden() -> None:
    css = "::file-selector-button { display: none } body { font-size: 40px }"
    button = "::file-selector-button { background: red; border: none; width: 30px }"
    body = "<input type=file>"
    assert RED in {color for _, color in picture(button, body).getcolors(20000) or []}
    assert RED not in {color for _, color in picture(button + css, body).getcolors(20000) or []}


@pytest.mark.parametrize(
    ("type_", "value", "text"),
    [
        ("date", "2024-02-29", "02/29/2024"),
        ("date", "2023-02-29", ""),
        ("date", "2024-13-01", ""),
        ("time", "00:05", "12:05 AM"),
        ("time", "13:05:06", "01:05:06 PM"),
        ("time", "24:00", ""),
        ("datetime-local", "2024-12-31T23:59", "12/31/2024, 11:59 PM"),
        ("month", "2024-09", "September 2024"),
        ("week", "2024-W05", "Week 05, 2024"),
    ],
)
def test_date_fields_show_their_values_as_chromium_does(type_: str, value: str, text: str) -> None:
    assert date_text(type_, value) == text
