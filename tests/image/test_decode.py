"""Raster pictures."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageCms

from minibrowser.errors import ImageError
from minibrowser.image.decode import decode, sniff_format
from minibrowser.image.resource import PixelBudget
from minibrowser.limits import MAX_IMAGE_PIXELS

RED = (255, 0, 0)


def encoded(image: Image.Image, name: str, **options: object) -> bytes:
    """The image as a file."""
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def png(width: int, height: int, depth: int, kind: int, rows: bytes, extra: bytes = b"") -> bytes:
    """A PNG written by hand, for the kinds that Pillow does not write."""

    def chunk(tag: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + extra + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO"])
def test_every_format_gives_its_size_and_its_pixels(name: str) -> None:
    data = encoded(Image.new("RGB", (32, 16), RED), name, **({"sizes": [(32, 16)]} if name == "ICO" else {}))
    assert sniff_format(data) == name
    picture = decode(data, "text/plain")
    assert (picture.natural_width, picture.natural_height, picture.natural_ratio) == (32.0, 16.0, 2.0)
    assert not picture.is_svg
    pixels = picture.bitmap(32, 16)
    assert pixels.size == (32, 16)
    assert pixels.mode in ("RGB", "RGBA")
    pixel = pixels.convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240
    assert pixel[1] < 20


def test_transparency_survives_in_each_way_a_png_has_it() -> None:
    palette = Image.new("P", (2, 1))
    palette.putpalette([255, 0, 0, 0, 255, 0])
    palette.putpixel((1, 0), 1)
    data = encoded(palette, "PNG", transparency=1)
    assert decode(data).bitmap(2, 1).getpixel((0, 0)) == (255, 0, 0, 255)
    transparent = decode(data).bitmap(2, 1).getpixel((1, 0))
    assert isinstance(transparent, tuple)
    assert transparent[3] == 0
    grey = encoded(Image.new("LA", (1, 1), (100, 50)), "PNG")
    assert decode(grey).bitmap(1, 1).getpixel((0, 0)) == (100, 100, 100, 50)
    keyed = encoded(Image.new("RGB", (1, 1), RED), "PNG", transparency=RED)
    assert decode(keyed).bitmap(1, 1).getpixel((0, 0)) == (255, 0, 0, 0)


def test_sixteen_bit_greys_are_scaled_not_clipped() -> None:
    data = png(2, 1, 16, 0, b"\0\x80\x00\x01\x00")
    pixels = decode(data).bitmap(2, 1)
    assert pixels.tobytes() == b"\x80\x80\x80\x01\x01\x01"


def test_the_first_frame_of_an_animation_is_shown() -> None:
    frames = [Image.new("RGB", (4, 4), color) for color in (RED, (0, 0, 255))]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    pixel = decode(data).bitmap(4, 4).convert("RGB").getpixel((0, 0))
    assert pixel == RED


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (3, 0)), (3, (3, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 3)), (8, (0, 3))],
)
def test_exif_orientation_is_applied(orientation: int, corner: tuple[int, int]) -> None:
    image = Image.new("RGB", (4, 2))
    image.putpixel((0, 0), RED)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = decode(encoded(image, "PNG", exif=exif))
    size = (2, 4) if orientation >= 5 else (4, 2)
    assert picture.natural_width == float(size[0])
    assert picture.natural_height == float(size[1])
    pixels = picture.bitmap(*size)
    assert pixels.size == size
    assert pixels.getpixel(corner) == RED


def test_cmyk_becomes_rgb() -> None:
    data = encoded(Image.new("CMYK", (4, 4), (0, 255, 255, 0)), "JPEG", quality=95)
    pixel = decode(data).bitmap(4, 4).getpixel((1, 1))
    assert isinstance(pixel, tuple)
    assert len(pixel) == 3
    assert pixel[0] > 200
    assert pixel[1] < 60


def test_a_colour_profile_is_applied_and_a_broken_one_ignored() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"not a profile", lab):
        data = encoded(Image.new("RGB", (1, 1), (10, 200, 30)), "PNG", icc_profile=profile)
        assert decode(data).bitmap(1, 1).getpixel((0, 0)) == (10, 200, 30)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    hidden = srgb.replace(b"sRGB", b"test").replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
    data = encoded(Image.new("RGB", (1, 1), (10, 200, 30)), "PNG", icc_profile=hidden)
    pixel = decode(data).bitmap(1, 1).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    assert all(abs(value - wanted) <= 1 for value, wanted in zip(pixel, (10, 200, 30), strict=True))


def test_a_file_cut_short_shows_the_part_that_is_there_and_the_rest_is_clear() -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    data = encoded(noise, "PNG")
    pixels = decode(data[: len(data) // 2]).bitmap(200, 200)
    assert (pixels.size, pixels.mode) == ((200, 200), "RGBA")
    assert pixels.convert("RGB").getpixel((0, 0)) == noise.getpixel((0, 0))
    assert [pixels.getchannel("A").getpixel((9, y)) for y in (0, 199)] == [255, 0]


def test_a_big_jpeg_shown_small_is_decoded_smaller_and_later_in_full() -> None:
    data = encoded(Image.new("RGB", (2400, 2000), RED), "JPEG")
    picture = decode(data)
    assert picture.bitmap(300, 250).size == (300, 250)
    assert picture.bitmap(2400, 2000).size == (2400, 2000)
    small = decode(encoded(Image.new("RGB", (200, 100), RED), "JPEG"))
    assert small.bitmap(10, 5).size == (200, 100)


def test_a_bomb_is_refused_by_its_header_alone() -> None:
    side = int(MAX_IMAGE_PIXELS**0.5) + 1
    with pytest.raises(ImageError, match="too large"):
        decode(png(side, side, 8, 2, b""))


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"RIFF0000WEBPVP8 "]
)
def test_what_is_no_picture_is_an_image_error(data: bytes) -> None:
    with pytest.raises(ImageError):
        decode(data, "image/png").bitmap(1, 1)


FILES = [
    encoded(Image.effect_noise((9, 7), 50).convert("RGB"), name)
    for name in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")
]


@given(st.data())
def test_broken_files_are_image_errors_and_nothing_else(data: st.DataObject) -> None:
    broken = bytearray(data.draw(st.sampled_from(FILES)))
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    for body in (bytes(broken), bytes(broken[:cut])):
        try:
            picture = decode(body, "image/png")
            assert picture.bitmap(3, 3).mode in ("RGB", "RGBA")
        except ImageError:
            continue


def test_a_big_picture_shown_small_keeps_only_what_is_shown() -> None:
    picture = decode(encoded(Image.new("RGBA", (4000, 2000), (255, 0, 0, 128)), "PNG"))
    assert picture.bitmap(500, 250).size == (1000, 500)
    assert picture.bitmap(500, 250).getpixel((7, 7)) == (255, 0, 0, 128)
    assert picture.bitmap(3000, 1500).size == (4000, 2000)


def test_a_document_keeps_a_bounded_number_of_pixels() -> None:
    budget = PixelBudget(30_000)
    data = encoded(Image.new("RGB", (100, 100), RED), "PNG")
    pictures = [decode(data, budget=budget) for _ in range(10)]
    first = pictures[0].bitmap(100, 100)
    for picture in pictures:
        picture.bitmap(100, 100)
    assert budget.kept == 30_000
    # The first was forgotten, and is there again when it is asked for.
    assert pictures[0].bitmap(100, 100) is not first
    assert pictures[0].bitmap(100, 100).getpixel((3, 3)) == RED
    assert budget.kept == 30_000


def bomb(name: str) -> bytes:
    """A file of a few hundred bytes that says it has far too many pixels."""
    side = 65_000
    if name == "PNG":
        return png(side, side, 8, 2, b"")
    whole = bytearray(encoded(Image.new("RGB", (16, 16), RED), name))
    if name == "JPEG":
        at = whole.index(b"\xff\xc0") + 5
        whole[at : at + 4] = struct.pack(">HH", side, side)
    elif name == "GIF":
        whole[6:10] = struct.pack("<HH", side, side)
    elif name == "BMP":
        whole[18:26] = struct.pack("<ii", side, side)
    return bytes(whole)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_bomb_of_any_format_costs_only_itself(name: str) -> None:
    with pytest.raises(ImageError):
        decode(bomb(name)).bitmap(10, 10)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO"])
def test_each_prefix_of_a_file_is_a_picture_or_an_image_error(name: str) -> None:
    data = encoded(Image.effect_noise((24, 24), 80).convert("RGB"), name)
    shown = 0
    for cut in range(0, len(data), max(1, len(data) // 60)):
        try:
            picture = decode(data[:cut], "image/x")
            assert picture.bitmap(24, 24).mode in ("RGB", "RGBA")
            shown += 1
        except ImageError:
            continue
    assert decode(data).bitmap(24, 24).size == (24, 24)
    assert shown < 61


def test_a_progressive_jpeg_cut_short_shows_its_scans() -> None:
    file = io.BytesIO()
    Image.effect_noise((64, 64), 20).convert("RGB").save(file, "JPEG", progressive=True)
    picture = decode(file.getvalue()[: len(file.getvalue()) // 2]).bitmap(64, 64)
    assert picture.mode == "RGB"
    assert picture.getpixel((60, 60)) != (0, 0, 0)


def test_the_default_picture_of_an_animation_is_not_its_first_frame() -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "lime", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:], default_image=True)
    assert decode(file.getvalue()).bitmap(4, 4).convert("RGB").getpixel((0, 0)) == (0, 255, 0)


def test_a_transparent_grey_is_in_the_depth_of_the_file() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    # One row of four samples of two bits: 0, 1, 2, 3. The transparent one is 2.
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 1, 2, 0, 0, 0, 0))
        + chunk(b"tRNS", b"\x00\x02")
        + chunk(b"IDAT", zlib.compress(b"\x00\x1b"))
        + chunk(b"IEND", b"")
    )
    alpha = decode(data).bitmap(4, 1).getchannel("A")
    assert [alpha.getpixel((x, 0)) for x in range(4)] == [255, 255, 0, 255]
