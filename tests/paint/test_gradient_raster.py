"""Gradients as pixels (https://drafts.csswg.org/css-images-4/#gradients)."""

from __future__ import annotations

import pytest

from minibrowser.css.values import Color, GradientKind
from minibrowser.geometry import Matrix
from minibrowser.paint.color_spaces import GradientStop, Interpolation
from minibrowser.paint.gradient_geometry import ResolvedGradient
from minibrowser.paint.gradient_raster import draw_gradient

CLEAR, BLUE, PINK = Color(0.0, 0.0, 0.0, 0.0), Color(0.0, 0.0, 255.0), Color(255.0, 200.0, 200.0)


@pytest.mark.parametrize(("inner", "inner_ink"), [(CLEAR, (0, 0, 0, 0)), (BLUE, (0, 0, 255, 255))])
@pytest.mark.parametrize("kind", [GradientKind.RADIAL, GradientKind.LINEAR])
@pytest.mark.parametrize("last", [0.5, 0.505])
def test_beyond_the_last_stop_is_its_colour(
    kind: GradientKind, last: float, inner: Color, inner_ink: tuple[int, ...]
) -> None:
    stops = [GradientStop(0.0, inner), GradientStop(0.5, inner), GradientStop(last, PINK)]
    points = (0.0, 0.0, 100.0, 100.0) if kind == GradientKind.RADIAL else (0.0, 0.0, 100.0, 0.0)
    gradient = ResolvedGradient(kind, points, stops, False, Interpolation())
    picture = draw_gradient(gradient, Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 100, 100)
    assert picture.getpixel((48, 0)) == inner_ink
    assert picture.getpixel((52, 0)) == (255, 200, 200, 255)
    assert picture.getpixel((99, 99)) == (255, 200, 200, 255)
