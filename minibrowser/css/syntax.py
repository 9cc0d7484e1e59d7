"""CSS Syntax (https://drafts.csswg.org/css-syntax-3/): from text to tokens.

tinycss2 is imported here and nowhere else. It tokenizes what the quick path below does not take: escapes,
comments, unquoted url(), characters outside the ordinary.
"""

from __future__ import annotations

import re
from typing import Any, Final

from .. import limits
from .tokens import Token, TokenKind

_NUMBER: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_TOKEN: Final = re.compile(
    r"([ \t\r\n\f]*)(?:"
    r"(?P<number>" + _NUMBER + r")(?P<unit>%|-?[a-zA-Z_][a-zA-Z0-9_-]*)?"
    r"|(?P<name>-?[a-zA-Z_][a-zA-Z0-9_-]*|--[a-zA-Z0-9_-]*)(?P<call>\()?"
    r"|(?P<hash>\#[a-zA-Z0-9_-]+)"
    r'|"(?P<double>[^"\\\n\r\f]*)"'
    r"|'(?P<single>[^'\\\n\r\f]*)'"
    r"|(?P<symbol>[,/()\[\]{}+*<>=!:;.?&|^$~-])"
    r"|(?P<end>\Z))"
)
"""OPTIMIZATION: one match for each token: about four times as fast as tinycss2 and the conversion of its nodes."""

_BLOCKS: Final = {"(": TokenKind.PAREN, "[": TokenKind.BRACKET, "{": TokenKind.BRACE}
_CLOSERS: Final = {
    TokenKind.PAREN: ")",
    TokenKind.FUNCTION: ")",
    TokenKind.BRACKET: "]",
    TokenKind.BRACE: "}",
}
_QUOTE_FOLLOWS: Final = re.compile(r"[ \t\r\n\f]*[\"']")
TOO_DEEP: Final = Token(TokenKind.ERROR, "nested too deeply")


def tokenize(text: str) -> list[Token]:
    """The component values of a text. What cannot be a token is an ERROR token; depth is capped."""
    if "\\" not in text and "/*" not in text and "<!--" not in text and "-->" not in text:
        tokens = _tokenize_quickly(text)
        if tokens is not None:
            return tokens
    # OPTIMIZATION: 7 ms to import, which pages without escapes in values do not pay.
    import tinycss2  # noqa: PLC0415

    return _converted(tinycss2.parse_component_value_list(text, skip_comments=True), 0)


def _tokenize_quickly(text: str) -> list[Token] | None:
    """The tokens, None where the quick path does not know the way."""
    top: list[Token] = []
    out = top
    stack: list[Token] = []
    match_at = _TOKEN.match
    position = 0
    while True:
        match = match_at(text, position)
        if match is None:
            return None
        position = match.end()
        spaced = match.end(1) > match.start(1)
        kind = match.lastgroup
        token: Token
        if kind == "name":
            name = match.group("name")
            token = Token(TokenKind.IDENT, name, name.lower(), 0.0, False, spaced)
        elif kind == "unit" or kind == "number":
            literal = match.group("number")
            unit = match.group("unit")
            value = _finite(float(literal))
            is_integer = "." not in literal and "e" not in literal and "E" not in literal
            if unit is None:
                token = Token(TokenKind.NUMBER, literal, "", value, is_integer, spaced)
            elif unit == "%":
                token = Token(TokenKind.PERCENTAGE, literal, "%", value, is_integer, spaced)
            else:
                token = Token(TokenKind.DIMENSION, unit, unit.lower(), value, is_integer, spaced)
        elif kind == "symbol":
            symbol = match.group("symbol")
            if symbol == ",":
                token = Token(TokenKind.COMMA, symbol, symbol, 0.0, False, spaced)
            elif symbol == "/":
                token = Token(TokenKind.SLASH, symbol, symbol, 0.0, False, spaced)
            elif symbol in _BLOCKS:
                token = Token(_BLOCKS[symbol], symbol, symbol, 0.0, False, spaced)
                token.children = []
                out.append(token)
                stack.append(token)
                if len(stack) > limits.MAX_NESTING:
                    return [TOO_DEEP]
                out = token.children
                continue
            elif symbol in ")]}":
                if not stack or symbol != _CLOSERS[stack[-1].kind]:
                    token = Token(TokenKind.ERROR, symbol)
                else:
                    stack.pop()
                    out = stack[-1].children if stack else top
                    continue
            else:
                token = Token(TokenKind.DELIM, symbol, symbol, 0.0, False, spaced)
        elif kind == "call":
            name = match.group("name")
            lower = name.lower()
            if lower == "url" and _QUOTE_FOLLOWS.match(text, position) is None:
                return None
            token = Token(TokenKind.FUNCTION, name, lower, 0.0, False, spaced)
            token.children = []
            out.append(token)
            stack.append(token)
            if len(stack) > limits.MAX_NESTING:
                return [TOO_DEEP]
            out = token.children
            continue
        elif kind == "hash":
            name = match.group("hash")[1:]
            token = Token(TokenKind.HASH, name, name.lower(), 0.0, False, spaced)
        elif kind == "double" or kind == "single":
            string = match.group(kind)
            token = Token(TokenKind.STRING, string, "", 0.0, False, spaced)
        else:
            return top
        out.append(token)


def _converted(nodes: list[Any], depth: int) -> list[Token]:
    if depth > limits.MAX_NESTING:
        return [TOO_DEEP]
    tokens: list[Token] = []
    spaced = False
    for node in nodes:
        kind = node.type
        if kind == "whitespace":
            spaced = True
            continue
        if kind == "error" and node.kind in ("eof-in-string", "eof-in-url"):
            continue  # the end of the text closes what is open: the token itself came before
        tokens.append(_converted_token(node, kind, spaced, depth))
        spaced = False
    return tokens


def _converted_token(node: Any, kind: str, spaced: bool, depth: int) -> Token:
    if kind == "ident":
        return Token(TokenKind.IDENT, node.value, node.lower_value, 0.0, False, spaced)
    if kind == "number":
        return Token(
            TokenKind.NUMBER, node.representation, "", _finite(node.value), bool(node.is_integer), spaced
        )
    if kind == "percentage":
        return Token(TokenKind.PERCENTAGE, node.representation, "%", _finite(node.value), False, spaced)
    if kind == "dimension":
        return Token(
            TokenKind.DIMENSION,
            node.unit,
            node.lower_unit,
            _finite(node.value),
            bool(node.is_integer),
            spaced,
        )
    if kind == "string":
        return Token(TokenKind.STRING, node.value, "", 0.0, False, spaced)
    if kind == "url":
        return Token(TokenKind.URL, node.value, "", 0.0, False, spaced)
    if kind == "hash":
        return Token(TokenKind.HASH, node.value, node.value.lower(), 0.0, bool(node.is_identifier), spaced)
    if kind == "literal":
        text = node.value
        if text == ",":
            return Token(TokenKind.COMMA, text, text, 0.0, False, spaced)
        if text == "/":
            return Token(TokenKind.SLASH, text, text, 0.0, False, spaced)
        return Token(TokenKind.DELIM, text, text, 0.0, False, spaced)
    if kind == "function":
        token = Token(TokenKind.FUNCTION, node.name, node.lower_name, 0.0, False, spaced)
        token.children = _converted(node.arguments, depth + 1)
        return token
    if kind == "() block" or kind == "[] block" or kind == "{} block":
        token = Token(_BLOCKS[kind[0]], kind[0], kind[0], 0.0, False, spaced)
        token.children = _converted(node.content, depth + 1)
        return token
    if kind == "at-keyword":
        return Token(TokenKind.AT_KEYWORD, node.value, node.lower_value, 0.0, False, spaced)
    if kind == "unicode-range":
        return Token(TokenKind.UNICODE_RANGE, f"{node.start:X}-{node.end:X}", "", node.start, True, spaced)
    return Token(TokenKind.ERROR, kind)


def _finite(value: float) -> float:
    """The number as Chromium holds it, a float of 32 bits: `1e999` is its largest, so that none is infinite."""
    return value if abs(value) < 3.4e38 else (3.4e38 if value > 0 else -3.4e38)


def unescape(name: str) -> str:
    """A name or string with its escapes resolved, https://drafts.csswg.org/css-syntax-3/#consume-escaped-code-point"""
    if "\\" not in name:
        return name
    return _ESCAPE.sub(_escaped, name)


_ESCAPE: Final = re.compile(
    r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|(.)|\Z)", re.DOTALL
)


def _escaped(match: re.Match[str]) -> str:
    code = match.group(1)
    if code is not None:
        number = int(code, 16)
        if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            return "\ufffd"
        return chr(number)
    if match.group(2) is not None:
        return ""
    return match.group(3) or "\ufffd"


def decode_bytes(data: bytes, charset: str, document_encoding: str) -> str:
    """The text of a sheet; see `decoding.decode_sheet`."""
    is_utf8 = (charset or document_encoding or "utf-8").strip().lower() in ("utf-8", "utf8")
    if is_utf8 and not data.startswith((b"\xfe\xff", b"\xff\xfe", b"@charset")):
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    # OPTIMIZATION: nearly all sheets are UTF-8 and say so; the tables of the other encodings take time to load.
    from tinycss2.bytes import decode_stylesheet_bytes, lookup  # noqa: PLC0415

    environment = lookup(document_encoding) if document_encoding else None
    text: str
    text, _ = decode_stylesheet_bytes(data, charset or None, environment)
    return text


def closing(text: str, position: int) -> int:
    """The place of the bracket that closes what was opened before `position`; the end where there is none."""
    depth = 1
    index = position
    length = len(text)
    while index < length:
        character = text[index]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth == 0:
                return index
        elif character in "\"'":
            index += 1
            while index < length and text[index] != character:
                index += 2 if text[index] == "\\" else 1
        elif character == "\\":
            index += 1
        index += 1
    return length
