"""What a user does with a page: clicks, typing, sending forms. Elements are named by selectors, or by points.

https://html.spec.whatwg.org/multipage/interaction.html. Without scripts no events are sent: only what elements do by
themselves is done. What has changed is seen in the next picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, final

from ..css.matching import Matcher
from ..css.selectors import parse_selector_list
from ..css.states import input_type, is_disabled, is_focusable
from ..dom import Document, Element
from ..dom.mutation import remove_attribute, set_attribute
from ..errors import FileAccessError, NotActionableError, UsageError
from ..net import Request
from ..net.form_data import FormFile
from ..net.mime_type import mime_type_for_file
from ..net.referrer import referrer_policy_of_attribute
from ..trace import Recorder
from ..url import resolve
from . import forms
from .activation import ActivationKind, activation_of
from .client import FetchClient
from .navigation import Navigator
from .pointing import aim, check_receives, element_at_point, point


@final
class Actor:
    """A user at one page."""

    def __init__(self, navigator: Navigator, recorder: Recorder) -> None:
        self._navigator: Final = navigator
        self._recorder: Final = recorder
        self._document: Document | None = None
        self._files: dict[Element, list[FormFile]] = {}
        self._pristine = forms.Pristine()

    # --- Elements -------------------------------------------------------------------------------------

    def _find(self, selector: str) -> Element:
        """The first element that a selector matches. Raises UsageError for a bad selector, and where there is none."""
        selectors = parse_selector_list(selector)
        if selectors is None:
            raise UsageError(f"not a selector: {selector!r}")
        document = self._shown()
        matcher = Matcher(document)
        for element in document.descendant_elements():
            if matcher.matches_any(element, selectors):
                return element
        raise UsageError(f"no element matches {selector!r}")

    def _shown(self) -> Document:
        page = self._navigator.loaded
        if page is None:
            raise UsageError("the page shows nothing yet: call goto or set_content first")
        if page.document is not self._document:
            self._document = page.document
            self._files = {}
            self._pristine = forms.Pristine()
        page.rendering.watch()
        return page.document

    def _client(self) -> FetchClient:
        page = self._navigator.loaded
        assert page is not None
        return page.client

    def _changed(self, element: Element) -> None:
        """The element has the focus now, and the document looks different."""
        self._shown().interaction.focused = element
        self._navigator.has_changed = True

    # --- Actions --------------------------------------------------------------------------------------

    async def fill(self, selector: str, value: str) -> None:
        """Write a value into a field."""
        element = self._find(selector)
        self._pristine.keep(element)
        forms.fill(element, value)
        self._changed(element)

    async def hover(
        self, selector: str, *, force: bool = False, position: dict[str, float] | None = None
    ) -> None:
        """Put the pointer over an element: `:hover` matches what is hit there and what is around that."""
        self._point_at(await self._aim(selector, self._find(selector), force, position))

    async def _aim(
        self, selector: str, element: Element, force: bool, position: dict[str, float] | None
    ) -> Element:
        """What is hit where an element is pointed at: the element or something inside of it; by force, the element
        itself, whatever lies over it."""
        page = await self._navigator.laid_out()
        try:
            target = await self._navigator.rendered(lambda: aim(page.rendering, element, selector, position))
            if not force:
                check_receives(target, element, selector, page.document)
        except NotActionableError:
            if force:
                return element
            raise
        return element if force or target.hit is None else target.hit

    def _point_at(self, element: Element | None) -> None:
        interaction = self._shown().interaction
        if interaction.hovered is not element:
            interaction.hovered = element
            self._navigator.has_changed = True

    async def move_to(self, x: float, y: float) -> Element | None:
        """Put the pointer on a point of the viewport; gives what is there."""
        page = await self._navigator.laid_out()
        x, y = point(x, y)
        found = await self._navigator.rendered(lambda: element_at_point(page.rendering, x, y))
        element = found[0] if found is not None else None
        self._point_at(element)
        return element

    async def press_at(self, x: float, y: float) -> None:
        """Press the button on a point of the viewport, for `:active`."""
        self._shown().interaction.active = await self.move_to(x, y)
        self._navigator.has_changed = True

    async def release_at(self, x: float, y: float) -> None:
        """Release the button: a click on the nearest element around both places
        (https://w3c.github.io/uievents/#event-type-click)."""
        interaction = self._shown().interaction
        pressed, interaction.active = interaction.active, None
        self._navigator.has_changed = True
        released = await self.move_to(x, y)
        around: set[Element] = set()
        while released is not None:
            around.add(released)
            released = released.parent if isinstance(released.parent, Element) else None
        while pressed is not None and pressed not in around:
            pressed = pressed.parent if isinstance(pressed.parent, Element) else None
        if pressed is not None:
            await self._click_if_able(pressed)

    async def click_at(self, x: float, y: float) -> None:
        """Do what a click on a point of the viewport does."""
        element = await self.move_to(x, y)
        if element is not None:
            await self._click_if_able(element)

    async def _click_if_able(self, element: Element) -> None:
        if not is_disabled(activation_of(element, self._shown()).element):
            await self._click(element)

    async def focus(self, selector: str) -> None:
        """Give an element the focus. Raises UsageError for one that cannot have it."""
        element = self._find(selector)
        if not is_focusable(element):
            raise UsageError(f"{selector!r} cannot have the focus")
        self._changed(element)

    async def set_checked(self, selector: str, is_checked: bool) -> None:
        """Tick or untick a box, or choose a radio button."""
        self._check(self._find(selector), is_checked)

    def _check(self, element: Element, is_checked: bool) -> None:
        for one in forms.radio_group(element) if input_type(element) == "radio" else [element]:
            self._pristine.keep(one)
        forms.set_checked(element, is_checked)
        self._changed(element)

    async def select_option(self, selector: str, values: Sequence[str]) -> list[str]:
        """Choose options of a <select> by value or label; gives the values."""
        element = self._find(selector)
        for option in element.descendant_elements():
            self._pristine.keep(option)
        chosen = forms.select_options(element, values)
        self._changed(element)
        return chosen

    async def set_input_files(self, selector: str, paths: Iterable[Path]) -> None:
        """Choose files. Raises FileAccessError."""
        element = self._find(selector)
        if not element.is_html("input") or input_type(element) != "file":
            raise UsageError(f"{selector!r} is no field for files")
        chosen = [_read(path) for path in paths]
        if len(chosen) > 1 and "multiple" not in element.attributes:
            raise UsageError("one file can be chosen here")
        self._files[element] = chosen
        self._changed(element)

    async def click(
        self, selector: str, *, force: bool = False, position: dict[str, float] | None = None
    ) -> None:
        """Do what a click on an element does, at its middle."""
        element = self._find(selector)
        target = activation_of(element, self._shown()).element
        if target.local_name in ("button", "input") and is_disabled(target):
            raise UsageError(f"{selector!r} is disabled")
        hit = await self._aim(selector, element, force, position)
        self._point_at(hit)
        await self._click(hit)

    async def _click(self, element: Element) -> None:
        """https://html.spec.whatwg.org/multipage/interaction.html#activation"""
        document = self._shown()
        found = activation_of(element, document)
        target = found.element
        document.interaction.focused = focusable_around(target)
        self._navigator.has_changed = True
        if found.kind == ActivationKind.FOLLOW:
            await self._follow(target, document)
        elif found.kind == ActivationKind.SUBMIT:
            form = forms.form_owner(target)
            assert form is not None
            await self._submit(form, target, document)
        elif found.kind == ActivationKind.RESET:
            form = forms.form_owner(target)
            if form is not None:
                self._pristine.restore(form, document)
        elif found.kind == ActivationKind.TOGGLE:
            is_radio = input_type(target) == "radio"
            self._check(target, is_radio or "checked" not in target.attributes)
        elif found.kind == ActivationKind.DISCLOSE:
            details = target.parent
            assert isinstance(details, Element)
            if "open" in details.attributes:
                remove_attribute(details, "open")
            else:
                set_attribute(details, "open", "")

    async def submit(self, selector: str) -> None:
        """Send a form, or the form that a control belongs to, as Enter in one of its fields does."""
        element = self._find(selector)
        form = element if element.is_html("form") else forms.form_owner(element)
        if form is None:
            raise UsageError(f"{selector!r} is in no form")
        document = self._shown()
        await self._submit(form, forms.default_button(form, document), document)

    # --- Navigation -----------------------------------------------------------------------------------

    async def _submit(self, form: Element, submitter: Element | None, document: Document) -> None:
        lenient = "novalidate" in form.attributes or (
            submitter is not None and "formnovalidate" in submitter.attributes
        )
        wrong = None if lenient else self._invalid(form, document)
        if wrong is not None:
            # https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#interactively-validate-the-constraints
            self._recorder.event(
                "form", wrong.get("name") or wrong.local_name, "not sent: its value is not valid"
            )
            self._changed(wrong)
            return
        client = self._client()
        request = forms.submission(form, document, submitter, client.url, self._files)
        if request is None:
            return
        refusal = client.policy.csp.allows_form(request.url)
        if refusal:
            client.refuse(request.url, "document", refusal)
            return
        await self._navigator.navigate(replace(request, policy=client.policy))

    @staticmethod
    def _invalid(form: Element, document: Document) -> Element | None:
        """The first control whose value breaks its constraints."""
        selectors = parse_selector_list(":invalid")
        assert selectors is not None
        matcher = Matcher(document)
        controls = forms.controls_of(form, document)
        return next((one for one in controls if matcher.matches_any(one, selectors)), None)

    async def _follow(self, link: Element, document: Document) -> None:
        """https://html.spec.whatwg.org/multipage/links.html#following-hyperlinks-2"""
        address = link.attributes.get("href", link.get("xlink:href")).strip()
        url = resolve(document.base_url, address)
        if (
            url is None
            or "download" in link.attributes
            or not url.startswith(("http:", "https:", "file:", "data:"))
        ):
            self._recorder.event("navigate", address[:200], "not followed")
            return
        head, mark, _ = url.partition("#")
        if mark and head == document.url.partition("#")[0]:
            # https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigate-fragid
            document.url = url
            self._navigator.url = url
            return
        client = self._client()
        relations = link.get("rel").lower().split()
        policy = referrer_policy_of_attribute(link.get("referrerpolicy"))
        request = Request(
            url=url,
            destination="document",
            initiator=client.url,
            referrer=client.url,
            referrer_policy="no-referrer" if "noreferrer" in relations else policy,
            policy=client.policy,
        )
        await self._navigator.navigate(request)


def focusable_around(element: Element) -> Element | None:
    """What gets the focus by a click on an element."""
    node: Element | None = element
    while node is not None and not is_focusable(node):
        node = node.parent if isinstance(node.parent, Element) else None
    return node


def _read(path: Path) -> FormFile:
    try:
        return FormFile(path.name, path.read_bytes(), mime_type_for_file(path.name))
    except OSError as error:
        raise FileAccessError(f"cannot read {path}: {error.strerror or error}") from error
