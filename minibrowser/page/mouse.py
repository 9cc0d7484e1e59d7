"""The mouse of a page, with Playwright's names: points of the viewport instead of selectors."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Final, TypeAlias, final

from ..errors import UsageError
from .actor import Actor

Act: TypeAlias = Callable[
    [Callable[[Actor], Coroutine[object, object, object]], str, float | None],
    Coroutine[object, object, object],
]
"""Does something as the user of a page: the work, what it is for messages, and how long it may take in seconds."""


@final
class Mouse:
    """A pointer with one button that does something. CSS px from the viewport's corner; it begins at 0, 0.

    Attributes:
        x, y: where it is.
    """

    def __init__(self, act: Act) -> None:
        self._act: Final = act
        self._is_down = False
        self.x = 0.0
        self.y = 0.0

    async def move(self, x: float, y: float) -> None:
        """Go to a point: what is hit there has `:hover`, and all that is around it."""
        await self._act(lambda actor: actor.move_to(x, y), f"pointing at {x:g}, {y:g}", None)
        self.x, self.y = float(x), float(y)

    async def down(self) -> None:
        """Press the button: what is under the pointer has `:active` until it is released."""
        if self._is_down:
            raise UsageError("the button is down already")
        await self._act(lambda actor: actor.press_at(self.x, self.y), "pressing the button", None)
        self._is_down = True

    async def up(self) -> None:
        """Release the button: over what it was pressed on, that is a click."""
        if not self._is_down:
            raise UsageError("the button is not down")
        self._is_down = False
        await self._act(lambda actor: actor.release_at(self.x, self.y), "releasing the button", None)

    async def click(self, x: float, y: float, *, timeout: float | None = None) -> None:
        """Click whatever is at a point: follow the link, send the form, tick the box. Disabled controls do nothing.

        Raises as `Page.goto` does, where the click loads something; `timeout` is of that.
        """
        await self._act(lambda actor: actor.click_at(x, y), f"clicking {x:g}, {y:g}", timeout)
        self.x, self.y = float(x), float(y)
