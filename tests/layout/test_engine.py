"""What the driver, its cache and the shared pieces of layout promise."""

from __future__ import annotations

from minibrowser.layout.constraint_space import NO_MARGIN
from minibrowser.layout.exclusions import FAR, NO_EXCLUSIONS, Exclusion
from minibrowser.layout.units import layout_unit

from .support import lay_out


def test_each_of_many_nested_blocks_is_laid_out_once() -> None:
    page = lay_out("<!DOCTYPE html>" + "<div>" * 400 + "x")
    assert page.driver.cache.misses == 402


def test_nested_inline_blocks_are_laid_out_a_bounded_number_of_times() -> None:
    page = lay_out("<!DOCTYPE html>" + "<div style='display:inline-block'>" * 100 + "x")
    assert page.driver.cache.misses <= 2 * 102


def test_nested_flex_containers_do_not_multiply_layouts() -> None:
    page = lay_out("<!DOCTYPE html>" + "<div style='display:flex'>" * 40 + "x")
    assert page.driver.cache.misses <= 8 * 42


def test_an_empty_document_has_the_viewport_as_its_canvas() -> None:
    page = lay_out("", 300.0, 200.0)
    assert (page.root.width, page.root.height) == (300.0, 200.0)
    assert page.root.overflow.right == 300.0


def test_content_below_the_viewport_enlarges_the_scrollable_area() -> None:
    page = lay_out("<!DOCTYPE html><body style='margin:0'><div style='height:1000px;width:2000px'></div>")
    assert (page.root.overflow.right, page.root.overflow.bottom) == (2000.0, 1000.0)


def test_clipped_content_does_not_enlarge_the_scrollable_area() -> None:
    page = lay_out(
        "<!DOCTYPE html><div style='overflow:hidden;height:10px;width:10px'><p style='width:5000px'>x</div>"
    )
    assert page.root.overflow.right == 1280.0


def test_lengths_are_cut_to_64ths_towards_zero() -> None:
    assert layout_unit(1.0 / 3.0) == 21.0 / 64.0
    assert layout_unit(-1.0 / 3.0) == -21.0 / 64.0
    assert layout_unit(1e30) == layout_unit(float("inf"))


def test_margins_collapse_to_the_largest_and_the_most_negative() -> None:
    strut = NO_MARGIN.plus(10.0).plus(30.0).plus(-5.0).plus(-20.0)
    assert strut.sum() == 10.0


def test_adding_a_float_leaves_the_space_before_it_alone() -> None:
    one = NO_EXCLUSIONS.plus(Exclusion(0.0, 100.0, 0.0, 50.0, True))
    two = one.plus(Exclusion(100.0, 150.0, 0.0, 80.0, True))
    other = one.plus(Exclusion(0.0, 300.0, 50.0, 60.0, True))
    assert (NO_EXCLUSIONS.count, one.count, two.count, other.count) == (0, 1, 2, 2)
    assert one.opportunity_at(0.0, 400.0, 10.0).inline_start == 100.0
    assert two.opportunity_at(0.0, 400.0, 10.0).inline_start == 150.0
    assert other.opportunity_at(0.0, 400.0, 55.0).inline_start == 300.0
    assert two.clearance_offset(True, False) == 80.0
    assert two.clearance_offset(False, True) == -FAR


def test_the_next_band_that_is_wide_enough_is_found() -> None:
    space = NO_EXCLUSIONS.plus(Exclusion(0.0, 100.0, 0.0, 50.0, True))
    space = space.plus(Exclusion(250.0, 300.0, 0.0, 30.0, False))
    assert space.find(0.0, 300.0, 0.0, 150.0).block_start == 0.0
    assert space.find(0.0, 300.0, 0.0, 200.0).block_start == 30.0
    assert space.find(0.0, 300.0, 0.0, 280.0).block_start == 50.0
