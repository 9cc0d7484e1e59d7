"""What the descriptor rules of an index declare: fonts, counter styles, registered properties."""

from __future__ import annotations

from .counter_styles import CounterStyle, parse_counter_style
from .custom_properties import RegisteredProperty
from .font_face import FontFace, parse_font_face
from .property_syntax import PropertySyntax, parse_property_syntax
from .rule_index import RuleIndex
from .splitter import split_declarations
from .syntax import tokenize
from .tokens import TokenKind


def font_faces(index: RuleIndex) -> list[FontFace]:
    faces: list[FontFace] = []
    for rule in index.fonts:
        face = parse_font_face(rule.block, rule.sheet.value_context)
        if face is not None:
            faces.append(face)
    return faces


def counter_styles(index: RuleIndex) -> dict[str, CounterStyle]:
    styles: dict[str, CounterStyle] = {}
    for rule in index.counter_styles:
        style = parse_counter_style(rule.prelude, rule.block)
        if style is not None:
            styles[style.name] = style
    return styles


def registered_properties(index: RuleIndex) -> dict[str, RegisteredProperty]:
    """https://drafts.css-houdini.org/css-properties-values-api/#at-property-rule"""
    found: dict[str, RegisteredProperty] = {}
    for rule in index.properties:
        name = rule.prelude.strip()
        syntax: PropertySyntax | None = None
        inherits: bool | None = None
        initial: str | None = None
        for descriptor, text, _ in split_declarations(rule.block):
            descriptor = descriptor.lower()
            if descriptor == "syntax":
                tokens = tokenize(text)
                if len(tokens) == 1 and tokens[0].kind == TokenKind.STRING:
                    syntax = parse_property_syntax(tokens[0].text)
            elif descriptor == "inherits":
                inherits = {"true": True, "false": False}.get(text.lower())
            elif descriptor == "initial-value":
                initial = text
        if not name.startswith("--") or syntax is None or inherits is None:
            continue
        if not syntax.is_universal():
            initial = None if initial is None else syntax.computed(initial, None)
            if initial is None:
                continue
        found[name] = RegisteredProperty(name, syntax, inherits, initial)
    return found
