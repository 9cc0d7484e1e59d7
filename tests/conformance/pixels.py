"""Are two pictures equal, as reftests mean it?"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops


@dataclass(frozen=True)
class Fuzzy:
    """How much two pictures may differ: the most by which a channel does, and the number of pixels that do."""

    difference: int = 0
    pixels: int = 0


def parse_fuzzy(values: list[str], reference: str) -> Fuzzy:
    """The annotation for a reference: "0-1;0-750", or "name.html:0-1;0-750" for that one only.

    https://web-platform-tests.org/writing-tests/reftests.html#fuzzy-matching. Only upper ends count: a picture that
    is nearer to its reference than Chromium's once was is no failure.
    """
    general = Fuzzy()
    for value in values:
        name, _, ranges = value.rpartition(":")
        difference, _, pixels = ranges.partition(";")
        fuzzy = Fuzzy(int(difference.rpartition("-")[2]), int(pixels.rpartition("-")[2]))
        if not name:
            general = fuzzy
        elif reference.endswith(name):
            return fuzzy
    return general


@dataclass(frozen=True)
class Difference:
    """By how much two pictures differ."""

    difference: int
    pixels: int

    def within(self, fuzzy: Fuzzy) -> bool:
        """Whether they count as equal."""
        if self.pixels == 0:
            return True
        return self.difference <= fuzzy.difference and self.pixels <= fuzzy.pixels


def compare(a: Image.Image, b: Image.Image) -> Difference:
    """Compare two RGB pictures; of different size they differ everywhere."""
    if a.size != b.size:
        return Difference(255, a.width * a.height)
    if a.tobytes() == b.tobytes():
        return Difference(0, 0)
    greatest = _greatest_channel(ImageChops.difference(a, b))
    histogram = greatest.histogram()
    most = max(level for level, count in enumerate(histogram) if count)
    return Difference(most, sum(histogram[1:]))


def ink(image: Image.Image) -> int:
    """The number of pixels that are not white."""
    return sum(_greatest_channel(ImageChops.invert(image)).histogram()[1:])


def _greatest_channel(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)
