"""Print the seconds that layout takes for 10,000 boxes: blocks, flex items and table cells together.

    python -m benchmarks.layout_seconds

`python -m tests.compiled` runs it on the interpreted and on the compiled package and compares.
"""

from __future__ import annotations

import time

from benchmarks.stages import WIDTH, Stages
from fixtures import pages
from minibrowser.geometry import Size
from minibrowser.layout.box_tree import build_box_tree
from minibrowser.layout.engine import layout_document
from minibrowser.page.pipeline import collector_paused

ROUNDS = 5


def measure() -> float:
    """Seconds for one layout of each page, box generation apart; the best of some rounds."""
    total = 0.0
    for html in (pages.blocks(7_000), pages.flex_items(2_000), pages.table_cells(1_000)):
        stages = Stages(html)
        styles = stages.rendering.style()
        viewport = Size(float(WIDTH), 800.0)
        best = float("inf")
        for _ in range(ROUNDS):
            root = build_box_tree(stages.document, styles, {})
            with collector_paused():
                start = time.perf_counter()
                layout_document(root, stages.rendering.fonts, viewport, False)
                best = min(best, time.perf_counter() - start)
        total += best
    return total


if __name__ == "__main__":
    print(measure())
