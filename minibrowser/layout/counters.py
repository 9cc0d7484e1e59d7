"""CSS counters while the box tree is made in document order (https://drafts.csswg.org/css-lists-3/#auto-numbering).

An instance of a counter lives for the element that made it, its descendants, its following siblings and their
descendants: it is dropped when the parent of its maker ends.
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import BoxStyle

MAX_COUNTER: Final = 2**31 - 1


@final
class CounterInstance:
    """One instance: its value and the depth of the element that made it."""

    __slots__ = ("depth", "value")

    def __init__(self, depth: int, value: int) -> None:
        self.depth: Final = depth
        self.value: int = value


@final
class Counters:
    """The counters in scope."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[CounterInstance]] = {}
        self._contained: list[int] = []

    def contain(self, depth: int) -> None:
        """The children of an element at `depth` with style containment begin: they count on their own.

        https://drafts.csswg.org/css-contain-2/#containment-style
        """
        self._contained.append(depth)

    def release(self) -> None:
        """They have ended."""
        self._contained.pop()

    def reset(self, name: str, value: int, depth: int) -> None:
        """counter-reset: a new instance; it takes the place of an earlier sibling's."""
        stack = self._stacks.setdefault(name, [])
        if stack and stack[-1].depth == depth:
            stack.pop()
        stack.append(CounterInstance(depth, value))

    def increment(self, name: str, by: int, depth: int) -> None:
        """counter-increment."""
        instance = self._innermost(name, depth)
        instance.value = max(-MAX_COUNTER, min(MAX_COUNTER, instance.value + by))

    def set(self, name: str, value: int, depth: int) -> None:
        """counter-set."""
        self._innermost(name, depth).value = value

    def _innermost(self, name: str, depth: int) -> CounterInstance:
        stack = self._stacks.setdefault(name, [])
        if not stack:
            stack.append(CounterInstance(depth, 0))
        elif self._contained and stack[-1].depth <= self._contained[-1]:
            stack.append(CounterInstance(self._contained[-1] + 1, 0))
        return stack[-1]

    def apply(self, style: BoxStyle, depth: int) -> None:
        """What an element's or pseudo-element's style does, in the order that the specification says."""
        for name, value in style.counter_reset:
            self.reset(name, value, depth)
        for name, value in style.counter_increment:
            self.increment(name, value, depth)
        for name, value in style.counter_set:
            self.set(name, value, depth)

    def leave(self, depth: int) -> None:
        """The children of an element at `depth` have ended: their counters go out of scope."""
        for stack in self._stacks.values():
            while stack and stack[-1].depth > depth:
                stack.pop()

    def value(self, name: str) -> int:
        """counter(): the innermost value, 0 where there is none."""
        stack = self._stacks.get(name)
        return stack[-1].value if stack else 0

    def values(self, name: str) -> list[int]:
        """counters(): all values, the outermost first."""
        stack = self._stacks.get(name)
        return [instance.value for instance in stack] if stack else [0]

    def values_of_all(self) -> dict[str, list[int]]:
        """The values of all instances, to go back to with `restore`."""
        return {name: [instance.value for instance in stack] for name, stack in self._stacks.items()}

    def restore(self, kept: dict[str, list[int]]) -> None:
        """Undo what was counted since, among the instances that were there then."""
        for name, stack in self._stacks.items():
            values = kept.get(name, [])
            del stack[len(values) :]
            for instance, value in zip(stack, values, strict=False):
                instance.value = value
