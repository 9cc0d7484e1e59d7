"""Masks in layers, blurs on smaller pictures, gradients around a centre."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter

from minibrowser.css.keywords import MaskComposite
from minibrowser.css.values import Color, GradientKind
from minibrowser.geometry import IDENTITY
from minibrowser.paint.color_spaces import GradientStop, Interpolation
from minibrowser.paint.filters import gaussian
from minibrowser.paint.gradient_geometry import ResolvedGradient
from minibrowser.paint.gradient_raster import draw_gradient
from minibrowser.paint.pillow_rasterizer import composite_masks, luminance_of


def levels(*values: int) -> Image.Image:
    return Image.frombytes("L", (len(values), 1), bytes(values))


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (MaskComposite.ADD, [0, 255, 255, 255]),
        (MaskComposite.SUBTRACT, [0, 255, 0, 0]),
        (MaskComposite.INTERSECT, [0, 0, 0, 255]),
        (MaskComposite.EXCLUDE, [0, 255, 255, 0]),
    ],
)
def test_mask_layers_are_put_together_by_their_operator(operator: MaskComposite, expected: list[int]) -> None:
    above, below = levels(0, 255, 0, 255), levels(0, 0, 255, 255)
    assert list(composite_masks(above, below, operator).tobytes()) == expected


def test_luminance_counts_colour_and_alpha() -> None:
    colors = [(255, 255, 255, 255), (0, 0, 0, 255), (128, 128, 128, 128), (255, 0, 0, 255)]
    image = Image.new("RGBX", (4, 1))
    for x, color in enumerate(colors):
        image.putpixel((x, 0), color)
    assert list(luminance_of(image).tobytes()) == [255, 0, 128, 54]


@pytest.mark.parametrize("sigma", [24.0, 60.0, 300.0])
def test_a_wide_blur_looks_like_the_exact_one_wherever_its_grid_lies(sigma: float) -> None:
    image = Image.new("RGBX", (400, 300))
    image.paste((255, 0, 0, 255), (150, 100, 260, 200))
    exact = image.filter(ImageFilter.GaussianBlur(sigma))
    for origin in ((0, 0), (5, 1023)):
        difference = ImageChops.difference(exact, gaussian(image, sigma, origin))
        assert max(difference.tobytes()) <= 4


def test_a_conic_gradient_changes_colour_at_its_angles() -> None:
    stops = [GradientStop(0.0, Color(255, 0, 0)), GradientStop(0.25, Color(255, 0, 0))]
    for offset, color in ((0.25, Color(0, 255, 0)), (0.5, Color(0, 255, 0)), (0.5, Color(0, 0, 255))):
        stops.append(GradientStop(offset, color))
    gradient = ResolvedGradient(GradientKind.CONIC, (4.0, 4.0, 0.0, 0.0), stops, False, Interpolation())
    image = draw_gradient(gradient, IDENTITY, 8, 8).convert("RGB")
    for x, y, expected in (
        (4, 0, (255, 0, 0)),
        (7, 3, (255, 0, 0)),
        (7, 4, (0, 255, 0)),
        (4, 7, (0, 255, 0)),
        (3, 7, (0, 0, 255)),
        (3, 0, (0, 0, 255)),
    ):
        assert image.getpixel((x, y)) == expected
