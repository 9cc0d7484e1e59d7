"""SVG path data (https://www.w3.org/TR/SVG2/paths.html#PathData), for `clip-path: path()`.

Reading is total: the path ends at the first error, as the specification says.
"""

from __future__ import annotations

import math
import re
from typing import Final

from .path import Path

TOKEN: Final = re.compile(
    r"([MmZzLlHhVvCcSsQqTtAa])|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([,\s]+)|(.)", re.S
)
FLAG: Final = re.compile(r"[,\s]*([01])")
ARGUMENTS: Final = {"M": 2, "Z": 0, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def _tokens(data: str) -> list[tuple[str, list[float]]]:
    """Commands with their arguments; repeated arguments repeat the command."""
    commands: list[tuple[str, list[float]]] = []
    name = ""
    numbers: list[float] = []
    at = 0
    while at < len(data):
        upper = name.upper()
        if upper == "A" and len(numbers) % 7 in (3, 4):
            # Flags may stand together without a separator.
            flag = FLAG.match(data, at)
            if flag is None:
                break
            numbers.append(float(flag.group(1)))
            at = flag.end()
            continue
        match = TOKEN.match(data, at)
        if match is None or match.group(4) is not None:
            break
        at = match.end()
        if match.group(1) is not None:
            _flush(commands, name, numbers)
            name, numbers = match.group(1), []
        elif match.group(2) is not None:
            if not name:
                break
            numbers.append(float(match.group(2)))
    _flush(commands, name, numbers)
    return commands


def _flush(commands: list[tuple[str, list[float]]], name: str, numbers: list[float]) -> None:
    if not name:
        return
    count = ARGUMENTS[name.upper()]
    if count == 0:
        commands.append((name, []))
        return
    for at in range(0, len(numbers) - count + 1, count):
        if at > 0 and name == "M":
            name = "L"
        elif at > 0 and name == "m":
            name = "l"
        commands.append((name, numbers[at : at + count]))


def parse_svg_path(data: str, dx: float = 0.0, dy: float = 0.0) -> Path:
    """The path, moved by (dx, dy)."""
    path = Path()
    x = y = start_x = start_y = 0.0
    control_x = control_y = 0.0
    previous = ""
    for name, numbers in _tokens(data):
        upper = name.upper()
        if not path.verbs and upper != "M":
            break
        ox, oy = (x, y) if name != upper else (0.0, 0.0)
        if upper == "M":
            x, y = ox + numbers[0], oy + numbers[1]
            start_x, start_y = x, y
            path.move_to(x + dx, y + dy)
        elif upper == "Z":
            path.close()
            x, y = start_x, start_y
        elif upper == "L" or upper == "H" or upper == "V":
            if upper == "L":
                x, y = ox + numbers[0], oy + numbers[1]
            elif upper == "H":
                x = ox + numbers[0]
            else:
                y = oy + numbers[0]
            path.line_to(x + dx, y + dy)
        elif upper == "C" or upper == "S":
            if upper == "C":
                ax, ay = ox + numbers[0], oy + numbers[1]
                rest = numbers[2:]
            else:
                ax, ay = (2 * x - control_x, 2 * y - control_y) if previous in "CS" and previous else (x, y)
                rest = numbers
            control_x, control_y = ox + rest[0], oy + rest[1]
            x, y = ox + rest[2], oy + rest[3]
            path.cubic_to(ax + dx, ay + dy, control_x + dx, control_y + dy, (x + dx, y + dy))
        elif upper == "Q" or upper == "T":
            if upper == "Q":
                control_x, control_y = ox + numbers[0], oy + numbers[1]
                rest = numbers[2:]
            else:
                if previous and previous in "QT":
                    control_x, control_y = 2 * x - control_x, 2 * y - control_y
                else:
                    control_x, control_y = x, y
                rest = numbers
            x, y = ox + rest[0], oy + rest[1]
            path.quad_to(control_x + dx, control_y + dy, x + dx, y + dy)
        else:
            end_x, end_y = ox + numbers[5], oy + numbers[6]
            _arc(path, (x + dx, y + dy), numbers, (end_x + dx, end_y + dy))
            x, y = end_x, end_y
        previous = upper
    return path


def _arc(path: Path, start: tuple[float, float], numbers: list[float], end: tuple[float, float]) -> None:
    """An elliptical arc as cubics: https://www.w3.org/TR/SVG2/implnote.html#ArcImplementationNotes"""
    x1, y1 = start
    x2, y2 = end
    rx, ry = abs(numbers[0]), abs(numbers[1])
    if rx == 0 or ry == 0 or start == end:
        path.line_to(x2, y2)
        return
    angle = math.radians(numbers[2])
    cos, sin = math.cos(angle), math.sin(angle)
    # Step 1: the ends in the ellipse's own axes.
    half_x, half_y = (x1 - x2) / 2, (y1 - y2) / 2
    px, py = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
    # Radii that are too small grow.
    scale = (px / rx) ** 2 + (py / ry) ** 2
    if scale > 1:
        rx, ry = rx * math.sqrt(scale), ry * math.sqrt(scale)
    # Step 2: the centre.
    denominator = (rx * py) ** 2 + (ry * px) ** 2
    root = math.sqrt(max(0.0, ((rx * ry) ** 2 - denominator) / denominator)) if denominator > 0 else 0.0
    if (numbers[3] != 0) == (numbers[4] != 0):
        root = -root
    qx, qy = root * rx * py / ry, -root * ry * px / rx
    # Step 3, 4: the centre in user space, and the angles.
    cx, cy = cos * qx - sin * qy + (x1 + x2) / 2, sin * qx + cos * qy + (y1 + y2) / 2
    first = math.atan2((py - qy) / ry, (px - qx) / rx)
    last = math.atan2((-py - qy) / ry, (-px - qx) / rx)
    sweep = last - first
    if numbers[4] != 0 and sweep < 0:
        sweep += 2 * math.pi
    elif numbers[4] == 0 and sweep > 0:
        sweep -= 2 * math.pi
    count = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / count
    k = 4.0 / 3.0 * math.tan(step / 4)
    for index in range(count):
        a, b = first + step * index, first + step * (index + 1)
        ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
        points: list[tuple[float, float]] = []
        for ux, uy in ((ca - k * sa, sa + k * ca), (cb + k * sb, sb - k * cb), (cb, sb)):
            points.append((cos * rx * ux - sin * ry * uy + cx, sin * rx * ux + cos * ry * uy + cy))
        path.cubic_to(points[0][0], points[0][1], points[1][0], points[1][1], points[2])
