"""Random damage to pages, repeatable from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

_PIECES = (
    b"<div>", b"</div>", b"<table>", b"<tr><td>", b"<td rowspan=65534 colspan=1000>", b"</table>", b"<p>", b"<b><i>",
    b"<ul><li>", b"<span style='float:left'>", b"<select><option>", b"<svg><foreignObject>", b"<math><mtext>",
    b"<template>", b"<style>", b"</style>", b"<style>*{", b"<script>", b"<textarea>", b"<!--", b"-->", b"<![CDATA[",
    b"<iframe src=''>", b"<img src='data:image/png;base64,AAAA'>", b"<input type=checkbox checked>", b"<br>" * 20,
    b"<frameset><frame>", b"<base href='//['>", b"<meta charset=utf-16>", b"&#1114112;", b"&amp", b"\0", b"\xff\xfe",
    b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xe0\xb8\x81\xe0\xb8\xb4", b"\xd7\x90",
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
)  # fmt: skip
_CSS_PIECES = (
    b"display:flex;", b"display:grid;", b"display:inline-block;", b"display:table-cell;", b"display:none;",
    b"display:contents;", b"display:list-item;", b"display:inline;", b"display:flow-root;", b"float:right;",
    b"position:absolute;", b"position:fixed;", b"position:sticky;", b"width:1e38px;", b"width:-1px;", b"height:100%;",
    b"width:calc(1px/0);", b"width:calc((((1px))));", b"margin:-99999px;", b"padding:50%;", b"font-size:0;",
    b"font-size:1e9px;", b"line-height:0;", b"font:0/0 a;", b"transform:rotate(45deg) scale(0);",
    b"transform:matrix(1e30,0,0,1e-30,0,0);", b"opacity:.5;", b"filter:blur(1e6px);", b"column-count:1000;",
    b"columns:1px;", b"flex:0 0 0%;", b"flex-wrap:wrap-reverse;", b"grid-template-columns:repeat(9999,1px);",
    b"grid-row:-9999;", b"aspect-ratio:1/0;", b"--a:var(--a);", b"color:var(--a);", b"content:'x';",
    b"counter-increment:a 2147483647;", b"background:url(x),linear-gradient(red,blue);", b"border-radius:1e9px;",
    b"border:1e6px solid;", b"box-shadow:0 0 1e5px 1e5px red;", b"letter-spacing:-1000px;", b"text-indent:-1e6px;",
    b"writing-mode:vertical-rl;", b"direction:rtl;", b"unicode-bidi:bidi-override;", b"white-space:pre;",
    b"word-break:break-all;", b"overflow:hidden;", b"clip-path:circle(0);", b"mask:url(#x);", b"zoom:0;",
    b"z-index:-2147483649;", b"}", b"{", b";", b"!important;", b"@media(", b"@import 'x';", b"@supports(not(a:b)){",
    b":not(:has(*)){}", b"::before{content:counter(a)}", b"/*", b"*/", b"\\", b"\"", b"url(", b"calc(", b"1e999px",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1e9", b"99999999", b"0.0000001", b"-0", b"2147483648", b"100%", b"NaN")


def _place(data: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _span(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = _place(data, chance)
    return start, min(len(data), start + int(chance.expovariate(1 / 40)))


def _delete(data: bytearray, chance: random.Random) -> None:
    start, end = _span(data, chance)
    del data[start:end]


def _duplicate(data: bytearray, chance: random.Random) -> None:
    start, end = _span(data, chance)
    data[start:start] = data[start:end] * chance.choice((1, 1, 2, 10, 200))


def _move(data: bytearray, chance: random.Random) -> None:
    start, end = _span(data, chance)
    part = data[start:end]
    del data[start:end]
    place = _place(data, chance)
    data[place:place] = part


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _insert_markup(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    data[place:place] = chance.choice(_PIECES) * chance.choice((1, 1, 1, 1, 5, 600))


def _insert_css(data: bytearray, chance: random.Random) -> None:
    # Behind a brace or a semicolon it is likely to be a declaration.
    start = _place(data, chance)
    brace = max(data.find(b"{", start), data.find(b";", start))
    place = brace + 1 if brace >= 0 and chance.random() < 0.8 else start
    data[place:place] = chance.choice(_CSS_PIECES)


def _insert_style(data: bytearray, chance: random.Random) -> None:
    # As an attribute of the next tag.
    start = data.find(b"<", _place(data, chance))
    end = start + 1
    while end < len(data) and data[end : end + 1].isalnum():
        end += 1
    if start >= 0:
        style = b"".join(chance.choices(_CSS_PIECES, k=chance.randint(1, 4))).replace(b'"', b"'")
        data[end:end] = b' style="' + style + b'"'


def _change_number(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    while start < len(data) and not data[start : start + 1].isdigit():
        start += 1
    end = start
    while end < len(data) and data[end : end + 1].isdigit():
        end += 1
    data[start:end] = chance.choice(_NUMBERS)


_DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _delete,
    _duplicate,
    _move,
    _flip,
    _insert_markup,
    _insert_css,
    _insert_css,
    _insert_style,
    _insert_style,
    _change_number,
)


def mutate(data: bytes, seed: int) -> bytes:
    """The data with one to a few dozen damages; the same for the same seed."""
    chance = random.Random(seed)
    result = bytearray(data)
    for _ in range(1 + int(chance.expovariate(1 / 6))):
        chance.choice(_DAMAGES)(result, chance)
    return bytes(result[: 4 * len(data) + 20_000])
