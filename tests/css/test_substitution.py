"""attr(), @property and custom properties: what a text comes to once it is known where it stands."""

from __future__ import annotations

import pytest

from minibrowser.css import MediaContext
from minibrowser.css.property_syntax import parse_property_syntax
from minibrowser.css.splitter import split_declarations
from minibrowser.css.supports import supports_condition
from minibrowser.css.values import UrlImage
from tests.css.pages import Styled


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("attr(data-n px)", "12px"),
        ("attr(data-n type(<number>), 7)", "auto"),
        ("calc(attr(data-n type(<number>)) * 2px)", "24px"),
        ("attr(data-l type(<length>))", "32px"),
        ("attr(data-c type(<length>), 5px)", "5px"),
        ("attr(data-none px, 3px)", "3px"),
        ("attr(data-n length, 9px)", "9px"),
        ("attr(data-none px)", "auto"),
    ],
)
def test_attr_takes_what_is_of_its_type_else_the_fallback(value: str, expected: str) -> None:
    page = Styled(
        "<!doctype html><div data-n=12 data-l=2em data-c=red>x</div>", f"div {{ width: 1px; width: {value} }}"
    )
    assert page.value("div", "width") == expected


def test_attr_of_a_colour_is_a_colour() -> None:
    page = Styled("<!doctype html><div data-c=lime>x</div>", "div { color: attr(data-c type(<color>)) }")
    assert page.value("div", "color") == "rgb(0, 255, 0)"


REGISTERED = "@property --a { syntax: '<length>'; inherits: true; initial-value: 7px }"


def test_a_registered_length_is_inherited_in_px() -> None:
    page = Styled(
        "<!doctype html><div><p>x</p></div>",
        REGISTERED + "div { font-size: 20px; --a: 2em } p { font-size: 10px; width: var(--a) }",
    )
    assert page.value("p", "width") == "40px"
    assert page.value("div", "--a") == "40px"


def test_what_is_not_of_the_registered_syntax_is_as_if_unset() -> None:
    page = Styled("<!doctype html><p>x</p>", REGISTERED + "p { --a: red; width: var(--a) }")
    assert page.value("p", "width") == "7px"


def test_a_registration_whose_initial_value_is_not_of_its_syntax_is_none() -> None:
    page = Styled(
        "<!doctype html><p>x</p>", REGISTERED.replace("7px", "red") + "p { width: 1px; width: var(--a, 3px) }"
    )
    assert page.value("p", "width") == "3px"


def test_a_variable_made_of_a_registered_one_sees_its_computed_value() -> None:
    page = Styled(
        "<!doctype html><div><p>x</p></div>",
        REGISTERED + "div { font-size: 20px; --a: 2em; --b: calc(var(--a) * 2) } "
        "p { font-size: 1px; width: var(--b) }",
    )
    assert page.value("p", "width") == "80px"


@pytest.mark.parametrize(
    ("syntax", "text", "computed"),
    [
        ("<length>", "12px", "12px"),
        ("<length>", "12%", None),
        ("<length-percentage>+", "1px 2%", "1px 2%"),
        ("<color>#", "red, blue", "rgb(255, 0, 0), rgb(0, 0, 255)"),
        ("<number> | auto", "auto", "auto"),
        ("<integer>", "1.5", None),
        ("<angle>", "0.5turn", "180deg"),
        ("<time>", "20ms", "0.02s"),
        ("<custom-ident>", "inherit", None),
        ("<transform-list>", "rotate(1deg) scale(2)", "rotate(1deg) scale(2)"),
        ("<transform-function>", "rotate(1deg) scale(2)", None),
        ("<image>", "url(a.png)", "url(a.png)"),
        ("*", "anything { }", "anything { }"),
    ],
)
def test_syntaxes_take_their_values_and_no_others(syntax: str, text: str, computed: str | None) -> None:
    parsed = parse_property_syntax(syntax)
    assert parsed is not None
    assert parsed.computed(text, None) == computed


@pytest.mark.parametrize("syntax", ["", "<lengths>", "<length", "inherit", "a b", "<transform-list>+", "|"])
def test_a_wrong_syntax_string_is_none(syntax: str) -> None:
    assert parse_property_syntax(syntax) is None


def test_lh_in_line_height_is_the_parents() -> None:
    page = Styled(
        "<!doctype html><div><p>x</p></div>",
        "div { font-size: 50px; line-height: 1 } p { font-size: 42px; line-height: 2lh }",
    )
    assert page.value("p", "line-height") == "100px"


def test_percentages_that_cancel_out_are_percentages_all_the_same() -> None:
    page = Styled("<!doctype html><p>x</p>", "p { max-height: calc(40px + 10% - 20% / 2) }")
    assert page.style("p").box.max_height.has_percent()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('--a: "x\n', []),
        ('--a: "x', [("--a", '"x', False)]),
        ("--a\\27 b: c", [("--a\\27 b", "c", False)]),
        ("{color: red} color: blue", []),
        ("color: var(--a, <!--)", [("color", "var(--a, <!--)", False)]),
    ],
)
def test_declarations_end_as_the_syntax_says(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert split_declarations(text) == expected


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("not ()", True),
        ("not ({ something @with [ balanced ] parens })", True),
        ("(--: a)", False),
        ("(--a: b)", True),
        ("(color: var(--a) <!--)", True),
    ],
)
def test_conditions_hold_as_in_chromium(condition: str, holds: bool) -> None:
    assert supports_condition(condition) is holds


def test_a_group_whose_condition_has_braces_is_one_rule() -> None:
    page = Styled("<!doctype html><p>x</p>", "@supports not ({ a }) { p { color: lime } } p { order: 3 }")
    assert page.value("p", "color") == "rgb(0, 255, 0)"
    assert page.value("p", "order") == "3"


def test_margins_of_the_user_agent_are_told_from_the_same_of_an_author() -> None:
    page = Styled("<p class=a>x</p><p style='margin-top: 1em'>y</p><p>z</p>", ".a { margin: 1em 0 }")
    quirky = [
        style.box.has_quirky_margins
        for element, style in page.tree.styles.items()
        if element.local_name == "p"
    ]
    assert quirky == [False, False, True]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p { display: var(--x, revert) }", "block"),
        ("p { color: red } p { color: var(--x, revert) }", "rgb(0, 0, 0)"),
        ("@layer a { p { order: 1 } } @layer b { p { order: 2 } p { order: var(--x, revert-layer) } }", "1"),
        ("@layer a { p { order: var(--one) } } @layer b { p { order: var(--x, revert-layer) } }", "1"),
        (
            "@layer a { p { order: var(--x, revert-layer) } } @layer b { p { order: var(--x, revert-layer) } }",
            "0",
        ),
    ],
)
def test_revert_out_of_a_variable_rolls_back(css: str, expected: str) -> None:
    name = next(word for word in ("display", "color", "order") if word in css)
    page = Styled("<!doctype html><p>x</p>", ":root { --one: 1 }" + css)
    assert page.value("p", name) == expected


@pytest.mark.parametrize(
    ("ratio", "chosen", "resolution"), [(1.0, "a", 1.0), (2.0, "b", 2.0), (1.5, "b", 2.0), (4.0, "c", 3.0)]
)
def test_image_set_chooses_by_the_device_pixels(ratio: float, chosen: str, resolution: float) -> None:
    page = Styled(
        "<!doctype html><p>x</p>",
        "p { background-image: image-set('c' 3x, 'a' 1x, 'b' 2x) }",
        media=MediaContext(800, 600, device_pixel_ratio=ratio),
    )
    image = page.style("p").paint.background_image[0]
    assert isinstance(image, UrlImage)
    assert image.url.endswith(f"/{chosen}")
    assert image.resolution == resolution
    assert page.tree.image_urls == [image.url]


def test_text_overflow_takes_no_strings_as_in_chromium() -> None:
    page = Styled(
        "<!doctype html><p>x</p>", "p { text-overflow: ellipsis; text-overflow: '-'; text-overflow: string }"
    )
    assert page.value("p", "text-overflow") == "ellipsis"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("if(style(--a: 1): 5px; else: 6px)", "5px"),
        ("if(style(--a: 2): 5px; else: 6px)", "6px"),
        ("if(style(--none): 5px; style(--a): 7px)", "7px"),
        ("if(media(width >= 1000px) and style(--a: 1): 5px; else: 6px)", "5px"),
        ("if(media(print): 5px; supports(display: grid): 8px)", "8px"),
        ("if(not supports(display: nope): 5px; else: 6px)", "5px"),
        ("if(style((--a: 1) and (not (--none))): calc(var(--a) * 3px); else: 6px)", "3px"),
        ("if(style(--none): 5px)", "auto"),
        ("if((style(--none) or media(screen)): 4px)", "4px"),
        ("if(nonsense: 5px; else: 6px)", "6px"),
    ],
)
def test_if_takes_the_first_value_whose_condition_holds(value: str, expected: str) -> None:
    page = Styled("<!doctype html><p>x</p>", f"p {{ --a: 1; width: 1px; width: {value} }}")
    assert page.value("p", "width") == expected


def test_supports_knows_at_rules() -> None:
    assert supports_condition("at-rule(@layer)")
    assert not supports_condition("at-rule(@nope)")
