"""Bytes to pictures: PNG, JPEG, GIF, WebP, AVIF, BMP and ICO by Pillow; SVG goes to `svg.py`.

Opening reads the header only, so the natural size is known without decoding a pixel.
"""

from __future__ import annotations

import importlib
import io
import math
import struct
import warnings
import zlib
from typing import Final, final

from PIL import Image, ImageCms, ImageFile

from ..errors import ImageError
from ..limits import MAX_IMAGE_PIXELS
from .resource import ImageResource, PixelBudget
from .svg import SvgFonts, SvgImage

SVG_MIME: Final = "image/svg+xml"

DRAFT_PIXELS: Final = 4_000_000
"""JPEGs above this are decoded at a half, a quarter or an eighth where they are shown that small."""

SRGB_NAMES: Final = (b"sRGB", "sRGB".encode("utf-16-be"))
"""Profiles with this name in their description need no conversion."""

ORIENTATION_TAG: Final = 0x0112
"""EXIF: https://drafts.csswg.org/css-images-3/#image-orientation, from-image being the initial value."""

ROTATED: Final = (5, 6, 7, 8)
"""Orientations that swap width and height."""

TRANSPOSITIONS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

JPEG_END: Final = b"\xff\xd9"
PNG_DEPTHS: Final = {"L;2": 2, "L;4": 4}
"""Bits of a grey sample by Pillow's raw mode; one bit has a mode of its own."""

LATE_PLUGINS: Final = {
    "WEBP": "PIL.WebPImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
    "ICO": "PIL.IcoImagePlugin",
}

PILLOW_ERRORS: Final = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    OverflowError,
    EOFError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow's plugins are known to raise on broken files; a hostile picture must cost only itself."""


def sniff_format(data: bytes) -> str:
    """Pillow's name of the format, "" for none of ours: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern"""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:14] == b"WEBPVP":
        return "WEBP"
    if data[4:8] == b"ftyp" and (b"avif" in data[8:64] or b"avis" in data[8:64]):
        return "AVIF"
    if data.startswith(b"BM"):
        return "BMP"
    if data.startswith((b"\x00\x00\x01\x00", b"\x00\x00\x02\x00")):
        return "ICO"
    return ""


def looks_like_svg(data: bytes) -> bool:
    """Whether the bytes begin as an SVG document does (behind a byte order mark, prolog and comments)."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<svg"):
        return True
    return head.startswith((b"<?xml", b"<!--", b"<!DOCTYPE svg", b"<!doctype svg")) and b"<svg" in head


def decode(
    data: bytes, mime: str | None = None, svg_fonts: SvgFonts | None = None, budget: PixelBudget | None = None
) -> ImageResource:
    """The picture in the bytes. The bytes decide what it is; `mime` only tells SVG from other XML. `budget` is shared
    by the pictures of a document.

    Raises ImageError where there is no picture that we know.
    """
    name = sniff_format(data)
    if name:
        return RasterImage(data, name, budget)
    if (mime is not None and mime.partition(";")[0].strip().lower() == SVG_MIME) or looks_like_svg(data):
        return SvgImage(data, svg_fonts, paints_background=True)
    raise ImageError("not an image of a known format")


@final
class RasterImage(ImageResource):
    """A picture made of pixels; its first frame."""

    def __init__(
        self, data: bytes, name: str, budget: PixelBudget | None = None, *, is_oriented: bool = True
    ) -> None:
        self._unoriented: RasterImage | None = None
        self._budget: Final = budget
        self._data: Final = data
        self._name: Final = name
        self._bitmap: Image.Image | None = None
        self._reduced: Image.Image | None = None
        self._reduced_for = (0, 0)
        image = self._open()
        width, height = image.size
        if width <= 0 or height <= 0:
            raise ImageError(f"{name} image has no pixels")
        if width * height > MAX_IMAGE_PIXELS:
            raise ImageError(f"{name} image is too large: {width}x{height}")
        # Chromium's decoder of WebP reads no orientation.
        self._orientation: Final = orientation_of(image) if is_oriented and name != "WEBP" else 1
        if self._orientation in ROTATED:
            width, height = height, width
        self.natural_width = float(width)
        self.natural_height = float(height)
        self.natural_ratio = width / height
        self.is_svg = False

    def bitmap(self, width: int, height: int) -> Image.Image:
        """The pixels, decoded when first asked for; see ImageResource."""
        image = self._bitmap
        if image is None and self._reduced is not None and self._reduced_for == (width, height):
            image = self._reduced
        if image is None:
            image = self._fetch(width, height)
        if self._budget is not None:
            self._budget.keep(self, image.width * image.height)
        return image

    def unoriented(self) -> RasterImage:
        if self._orientation == 1:
            return self
        if self._unoriented is None:
            self._unoriented = RasterImage(self._data, self._name, self._budget, is_oriented=False)
        return self._unoriented

    def forget(self) -> None:
        self._bitmap = self._reduced = None

    def _fetch(self, width: int, height: int) -> Image.Image:
        """Decode for a size. A large picture that is shown at a half or less is kept at the power of two above: the
        painter's own first step, so that nothing changes in what is seen."""
        wanted = (height, width) if self._orientation in ROTATED else (width, height)
        image = self._decoded(wanted)
        if image.width * image.height > DRAFT_PIXELS:
            ratio = min(image.width / max(1, wanted[0]), image.height / max(1, wanted[1]))
            level = math.floor(math.log2(ratio) - 1e-6) if ratio > 1 else 0
            if level > 0:
                image = reduced(image, 1 << min(level, 12))
        turn = TRANSPOSITIONS.get(self._orientation)
        if turn is not None:
            image = image.transpose(turn)
        if image.size == (int(self.natural_width), int(self.natural_height)):
            self._bitmap = image
        else:
            self._reduced = image
            self._reduced_for = (width, height)
        return image

    def _open(self) -> Image.Image:
        plugin = LATE_PLUGINS.get(self._name)
        if plugin is not None:
            # Pillow would import all its forty plugins to find this one.
            importlib.import_module(plugin)
        try:
            with warnings.catch_warnings():
                # Pillow warns from 89 million pixels on and about oddities of files; our own cap decides.
                warnings.simplefilter("ignore")
                return Image.open(io.BytesIO(self._data), formats=(self._name,))
        except PILLOW_ERRORS as error:
            raise ImageError(f"{self._name} image is broken: {error}") from error

    def _decoded(self, wanted: tuple[int, int]) -> Image.Image:
        image = self._open()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if self._name == "JPEG" and image.size[0] * image.size[1] > DRAFT_PIXELS:
                    image.draft(None, (max(wanted[0], 1), max(wanted[1], 1)))
                if self._name == "PNG":
                    prepare_png(image)
                try:
                    image.load()
                except OSError:
                    return to_srgb(self._part(image))
                return to_srgb(image)
        except PILLOW_ERRORS as error:
            raise ImageError(f"{self._name} image is broken: {error}") from error

    def _part(self, image: Image.Image) -> Image.Image:
        """What is there of a file that was cut short, as browsers show it: the rest is clear."""
        if self._name == "JPEG" and "progressive" in image.info:
            # All of it, from the scans that have come: the decoder gives them out at the end of the picture.
            whole = Image.open(io.BytesIO(self._data + JPEG_END), formats=("JPEG",))
            whole.load()
            return whole
        # Without tiles left to decode, load() hands out what has been decoded so far, or fails if that is nothing.
        if not isinstance(image, ImageFile.ImageFile) or not image.tile:
            raise OSError("no part of the picture is there")
        image.tile = []
        image.load()
        return image if self._name == "GIF" else cut_off(image)

    def __repr__(self) -> str:
        return f"<RasterImage {self._name} {self.natural_width:g}x{self.natural_height:g}>"


def prepare_png(image: Image.Image) -> None:
    """Where Pillow reads a PNG otherwise than browsers: an animation begins behind a default picture that is not part
    of it; a transparent grey is given in the file's own depth."""
    if image.info.get("default_image") and getattr(image, "n_frames", 1) > 1:
        image.seek(1)
    grey = image.info.get("transparency")
    tiles = getattr(image, "tile", None)
    if image.mode == "L" and isinstance(grey, int) and tiles:
        depth = PNG_DEPTHS.get(str(tiles[0][3]))
        if depth is not None:
            image.info["transparency"] = grey * 255 // ((1 << depth) - 1)


def cut_off(image: Image.Image) -> Image.Image:
    """The picture without the rows at its foot that are still as they were before decoding: all zeros."""
    box = image.getbbox(alpha_only=False)
    foot = 0 if box is None else box[3]
    if foot == image.height:
        return image
    part = image.convert("RGBA")
    part.paste((0, 0, 0, 0), (0, foot, part.width, part.height))
    return part


def reduced(image: Image.Image, factor: int) -> Image.Image:
    """A picture at a fraction of its size; what is transparent lends no colour."""
    if image.mode != "RGBA":
        return image.reduce(factor)
    return image.convert("RGBa").reduce(factor).convert("RGBA")


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1..8; 1 where there is none or the block is broken."""
    if "exif" not in image.info:
        return 1
    try:
        value = image.getexif().get(ORIENTATION_TAG, 1)
    except PILLOW_ERRORS:
        # NOTE: broken metadata says nothing about the pixels.
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def to_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB: colour profiles applied, palettes, greys, CMYK and 16-bit samples converted."""
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and image.mode == "P":
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I"):
        # 16-bit grey: the high byte, as browsers show it (Pillow's own conversion clips).
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    modes = ("RGB", "RGBA", "CMYK", "L")
    if isinstance(profile, bytes) and image.mode in modes and not any(name in profile for name in SRGB_NAMES):
        converted = apply_profile(image, profile)
        if converted is not None:
            return converted
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def apply_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The colours in sRGB; None where the profile is broken or not for this kind of picture (it is then ignored)."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(
            image,
            io.BytesIO(profile),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.PERCEPTUAL,
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # NOTE: a broken profile says nothing about the pixels.
        return None
