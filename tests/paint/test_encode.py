"""Bitmaps become files of the type that was asked for."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from minibrowser.errors import ImageError, UsageError
from minibrowser.geometry import Rect
from minibrowser.paint.bands import png_in_bands
from minibrowser.paint.bitmap import Bitmap
from minibrowser.paint.encode import encode

from .scene import BLUE, RED, Scene, StyleMaker


@pytest.mark.parametrize("format_", ["png", "jpeg", "webp", "avif"])
def test_each_format_can_be_read_back(format_: str) -> None:
    scene = Scene(16, 8)
    scene.fill(RED, 0, 0, 16, 8)
    data = encode(Bitmap(scene.picture()), format_)
    image = Image.open(io.BytesIO(data))
    assert image.format == format_.upper()
    assert image.size == (16, 8)
    pixel = image.convert("RGB").getpixel((8, 4))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240
    assert pixel[1] < 15


def test_png_keeps_transparency() -> None:
    scene = Scene(2, 1)
    scene.fill(RED, 0, 0, 1, 1)
    data = encode(Bitmap(scene.picture(omit_background=True)), "png")
    image = Image.open(io.BytesIO(data))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0)) == (255, 0, 0, 255)
    assert image.getpixel((1, 0)) == (0, 0, 0, 0)


def test_jpeg_puts_transparency_on_white() -> None:
    scene = Scene(8, 8)
    data = encode(Bitmap(scene.picture(omit_background=True)), "jpeg")
    assert Image.open(io.BytesIO(data)).convert("RGB").getpixel((4, 4)) == (255, 255, 255)


def test_quality_changes_the_size() -> None:
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    assert len(encode(Bitmap(noise), "jpeg", 10)) < len(encode(Bitmap(noise), "jpeg", 95))


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="tiff"):
        encode(Bitmap(Image.new("RGB", (1, 1))), "tiff")


def test_what_an_encoder_refuses_is_an_image_error() -> None:
    with pytest.raises(ImageError):
        encode(Bitmap(Image.new("RGB", (20000, 1))), "webp")


def test_bands_give_the_same_picture_as_one_bitmap() -> None:
    scene = Scene(20, 3000)
    for index in range(30):
        scene.fill(RED, index % 5, index * 100, 10, 50)
    style = StyleMaker()
    style.paint.opacity = 0.5
    group = scene.add(style, 0, 1000, 20, 60)
    scene.fill(BLUE, 2, 2, 10, 50, group)
    area = Rect(0.0, 0.0, 20.0, 3000.0)
    image = Image.open(io.BytesIO(png_in_bands(scene.display_list(), area).data))
    assert image.size == (20, 3000)
    assert image.tobytes() == scene.picture().tobytes()


def test_bands_keep_transparency() -> None:
    scene = Scene(2, 1500)
    scene.fill(RED, 0, 1400, 1, 100)
    data = png_in_bands(scene.display_list(), Rect(0.0, 0.0, 2.0, 1500.0), 1.0, True).data
    image = Image.open(io.BytesIO(data))
    assert image.getpixel((0, 1450)) == (255, 0, 0, 255)
    assert image.getpixel((1, 1450)) == (0, 0, 0, 0)
