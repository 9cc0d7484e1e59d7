"""Loading subresources: one door for a page's fetches, with memory, a budget and a record of each.

`ResourceLoader` is the interface that the loader sees; `SessionLoader` gives it a network session. A failed
subresource never fails the page: it is noted in the record (and in the trace), and the page goes without.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, final

from .. import limits
from ..errors import MinibrowserError, NetworkError
from ..trace import Recorder

if TYPE_CHECKING:
    from ..net import Request, Response, Session


@final
class ResourceRecord:
    """What became of one fetch.

    Attributes:
        url: as asked for; destination: "document", "style", "image", "font", "iframe".
        status: of the answer, 0 without one; mime_type: of the answer.
        size: bytes of the decoded body; source: "network", "file", "data", ...; seconds: from asking to the end.
        error: "" or the one-line reason why there is nothing.
    """

    def __init__(self, url: str, destination: str) -> None:
        self.url: Final = url
        self.destination: Final = destination
        self.status = 0
        self.mime_type = ""
        self.size = 0
        self.source = ""
        self.seconds = 0.0
        self.error = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "url": self.url if len(self.url) <= 200 else self.url[:200] + "…",
            "type": self.destination,
            "status": self.status,
            "mime_type": self.mime_type,
            "bytes": self.size,
            "source": self.source,
            "milliseconds": round(self.seconds * 1000, 3),
            "error": self.error,
        }


class ResourceLoader(ABC):
    """Where resources come from."""

    @abstractmethod
    async def fetch(self, request: Request) -> Response:
        """The answer to a request. Raises NavigationError and its kin when there is none."""


@final
class SessionLoader(ResourceLoader):
    """Resources from a network session."""

    def __init__(self, session: Session, recorder: Recorder) -> None:
        self._session = session
        self._recorder = recorder

    async def fetch(self, request: Request) -> Response:
        """The answer to a request, through the session's caches and connections."""
        return await self._session.fetch(request, recorder=self._recorder)


@final
class PageResources:
    """The fetches of one page. Equal URLs are fetched once, however many ask."""

    def __init__(self, loader: ResourceLoader, recorder: Recorder) -> None:
        self.loader: Final = loader
        self.records: Final[list[ResourceRecord]] = []
        self._recorder = recorder
        self._pending: dict[tuple[str, str], asyncio.Task[Response | None]] = {}

    async def document(self, request: Request) -> Response:
        """Fetch the document itself. Raises what the network raises."""
        record = ResourceRecord(request.url, request.destination or "document")
        self.records.append(record)
        return await self._fetch(request, record)

    async def get(self, request: Request) -> Response | None:
        """A subresource; None when it could not be had or its status is not a success."""
        key = (request.url, request.destination)
        task = self._pending.get(key)
        if task is None:
            task = asyncio.ensure_future(self._subresource(request))
            self._pending[key] = task
        return await asyncio.shield(task)

    async def _subresource(self, request: Request) -> Response | None:
        record = ResourceRecord(request.url, request.destination)
        if len(self.records) >= limits.MAX_PAGE_REQUESTS:
            record.error = f"the page asks for more than {limits.MAX_PAGE_REQUESTS} resources"
            return None
        self.records.append(record)
        try:
            response = await self._fetch(request, record)
            if response.status >= 400:
                raise NetworkError(f"{request.url}: status {response.status}", request.url)
        except MinibrowserError as error:
            record.error = str(error)
            self._recorder.event("resource", request.url, f"not used: {error}")
            return None
        return response

    async def _fetch(self, request: Request, record: ResourceRecord) -> Response:
        start = self._recorder.now()
        try:
            response = await self.loader.fetch(request)
        except MinibrowserError as error:
            record.error = str(error)
            raise
        finally:
            record.seconds = self._recorder.now() - start
        record.status = response.status
        record.mime_type = response.mime_type
        record.size = len(response.body)
        record.source = response.source
        return response

    async def close(self) -> None:
        """Cancel what is still under way."""
        tasks = [task for task in self._pending.values() if not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._pending.clear()
