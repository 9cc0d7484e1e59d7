"""`--dns iterative`: our own walk from the root servers through the top-level domain to the servers of the name itself
(RFC 1034 section 5.3.3), without anybody's resolver in between.

`delegation` judges what servers say; this module asks. Each question is a span in the trace: whom, what came, how long.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from typing import Final, final

from ...errors import ConnectionTimeoutError
from ...limits import (
    MAX_DNS_ALIASES,
    MAX_DNS_DEPTH,
    MAX_DNS_QUERIES,
    MAX_DNS_REFERRALS,
    MAX_GLUELESS_SERVERS,
)
from ...trace import NO_TRACE, Recorder
from ..tcp import Dial, os_error_words
from .cache import HostCache
from .delegation import Delegation, DelegationCache, Kind, Verdict, judge, next_question, root_delegation
from .families import Records, ask_both
from .resolver import Answer, LookupFailedError, NameAbsentError, Resolver
from .root_hints import ROOT_HINTS
from .transport import ask_over_tcp, ask_over_udp
from .wire import Message, Record, build_query

_ROUNDS: Final = (1.0, 2.0)
"""Seconds that one server has in the first round over all servers of a zone, and in the second."""


@final
class Outcome:
    """The end of a walk. Immutable.

    Attributes:
        records: aliases and addresses in order, as they came.
        refusal: the verdict where there is no address, else None.
        canonical: the name at the end of the aliases, "" where there are none.
        ttl: of the whole, negative where unknown.
    """

    __slots__ = ("canonical", "records", "refusal", "ttl")

    def __init__(
        self, records: tuple[Record, ...], canonical: str, ttl: float, refusal: Verdict | None = None
    ) -> None:
        self.records: Final = records
        self.canonical: Final = canonical
        self.ttl: Final = ttl
        self.refusal: Final = refusal


@final
class _Errand:
    """What one lookup may still spend, and what it is in the middle of. Mutable."""

    __slots__ = ("asked", "hopeless", "recorder", "zones")

    def __init__(self, recorder: Recorder) -> None:
        self.recorder: Final = recorder
        self.asked = 0
        self.hopeless: set[str] = set()
        """Servers whose addresses could not be found: once is enough."""
        self.zones: list[str] = []
        """Zones passed, in order."""


@final
class IterativeResolver(Resolver):
    """Walks.

    Mutable: `_delegations` and `_hosts`, what is known of zones and of the servers named in them; `_asking`, the
    questions under way, so that the walks for A and AAAA share them.
    """

    def __init__(
        self,
        roots: Sequence[str] = (),
        dial: Dial | None = None,
        clock: Callable[[], float] = time.monotonic,
        rounds: Sequence[float] = _ROUNDS,
        rng: random.Random | None = None,
        forbidden: Callable[[str], str] | None = None,
    ) -> None:
        """`roots`: addresses of root servers, none means those of the Internet. `rounds`: seconds for each server,
        round by round. `rng` chooses ids and the order of servers. `forbidden` says why a server's address is not to
        be asked, "" for one that may be: a zone could name servers in private networks."""
        self._forbidden: Final = forbidden
        self._dial: Final = dial
        self._clock: Final = clock
        self._rounds: Final = tuple(rounds)
        self._rng: Final = rng or random.SystemRandom()
        hints = tuple((name, (four, six)) for name, four, six in ROOT_HINTS)
        named = tuple((f"root server {number}", (root,)) for number, root in enumerate(roots, 1))
        self._roots: Final = self._shuffled(root_delegation(named or hints))
        self._delegations: Final = DelegationCache()
        self._hosts: Final = HostCache()
        self._asking: dict[tuple[str, str, str], asyncio.Task[tuple[Message, str]]] = {}

    async def resolve(self, host: str) -> Answer:
        return await self.resolve_traced(host, NO_TRACE)

    async def resolve_traced(self, host: str, recorder: Recorder) -> Answer:
        name = host.lower().removesuffix(".")
        errand = _Errand(recorder)

        async def ask(kind: str) -> Records:
            outcome = await self._walk(name, kind, errand, frozenset())
            if outcome.refusal is not None:
                exists = outcome.refusal.kind is not Kind.NO_NAME
                return Records((), outcome.ttl, outcome.canonical, exists)
            addresses = tuple(record.value for record in outcome.records if record.kind == kind)
            return Records(addresses, outcome.ttl, outcome.canonical)

        records = await ask_both(name, ask)
        way = ", ".join(dict.fromkeys(zone or "root" for zone in errand.zones))
        alias = f", alias of {records.canonical}" if records.canonical else ""
        count = "1 question" if errand.asked == 1 else f"{errand.asked} questions"
        words = f"{count} to the servers of {way}, kept {records.ttl:.0f} s{alias}"
        return Answer(records.addresses, records.ttl, "iterative", words, records.canonical)

    async def query(self, name: str, kind: str, recorder: Recorder = NO_TRACE) -> Outcome:
        """One question with all its records, for those who answer others. Raises `NameNotResolvedError` and
        `ConnectionTimeoutError`."""
        return await self._walk(name.lower().removesuffix("."), kind, _Errand(recorder), frozenset())

    async def close(self) -> None:
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _walk(self, name: str, kind: str, errand: _Errand, busy: frozenset[str]) -> Outcome:
        """From alias to alias. `busy`: the servers whose addresses are being looked up right now; a lookup that needs
        itself has no end."""
        records: list[Record] = []
        current = name
        ttl = float("inf")
        for _ in range(MAX_DNS_ALIASES):
            verdict = await self._descend(current, kind, errand, busy)
            chain = verdict.chain
            if chain is not None:
                records += chain.records
                ttl = min(ttl, chain.ttl)
                current = chain.canonical or current
            canonical = current if current != name else ""
            if verdict.kind is Kind.ANSWER:
                return Outcome(tuple(records), canonical, ttl)
            if verdict.kind is not Kind.ALIAS:
                left = -1.0 if verdict.soa is None else min(ttl, verdict.soa.negative_ttl)
                return Outcome(tuple(records), canonical, left, verdict)
        raise LookupFailedError(f"no address for host {name}: more than {MAX_DNS_ALIASES} aliases")

    async def _descend(self, name: str, kind: str, errand: _Errand, busy: frozenset[str]) -> Verdict:
        """From zone to zone, down to the servers that answer for the name."""
        zone = self._delegations.closest(name, self._clock()) or self._roots
        known = zone.zone
        for _ in range(MAX_DNS_REFERRALS):
            errand.zones.append(zone.zone)
            asked = next_question(zone.zone, name, known)
            # RFC 9156 section 2.1: on the way, A hides what is really wanted and is always understood.
            verdict = await self._ask_zone(zone, asked, kind if asked == name else "A", errand, busy)
            if verdict.kind is Kind.REFERRAL and verdict.delegation is not None:
                zone = self._enter(verdict.delegation)
                known = zone.zone
            elif asked == name:
                return verdict
            elif verdict.kind is Kind.NO_NAME:
                # Section 2.3: some servers deny names that have names below them. The whole name decides.
                known = name.partition(".")[2]
            else:
                known = asked
        raise LookupFailedError(f"no address for host {name}: more than {MAX_DNS_REFERRALS} referrals")

    async def _ask_zone(
        self, zone: Delegation, name: str, kind: str, errand: _Errand, busy: frozenset[str]
    ) -> Verdict:
        """Ask the servers of a zone one after the other until one has something to say."""
        failures: list[str] = []
        timed_out = True
        for seconds in self._rounds:
            looked_up = 0
            for server in zone.servers:
                addresses = zone.addresses.get(server, ())
                if not addresses:
                    if server in busy or looked_up >= MAX_GLUELESS_SERVERS:
                        continue
                    looked_up += 1
                    addresses = await self._addresses_of(server, errand, busy)
                    if not addresses:
                        failures.append(f"{server}: no address")
                        timed_out = False
                        continue
                    zone.addresses[server] = addresses
                for address in addresses:
                    if errand.asked >= MAX_DNS_QUERIES:
                        raise LookupFailedError(
                            f"no address for host {name}: more than {MAX_DNS_QUERIES} questions"
                        )
                    verdict = await self._ask_server(zone, (server, address), (name, kind), seconds, errand)
                    if verdict is not None and verdict.kind is not Kind.LAME:
                        return verdict
                    if verdict is not None:
                        timed_out = False
                    failures.append(f"{server}: {'silent' if verdict is None else verdict.words}")
        self._delegations.drop(zone.zone)
        where = zone.zone or "the root"
        if timed_out and failures:
            raise ConnectionTimeoutError(f"no answer from the name servers of {where} for host {name}")
        told = "; ".join(list(dict.fromkeys(failures))[:3]) or "no server has an address"
        raise LookupFailedError(f"no address for host {name}: the name servers of {where} fail ({told})")

    async def _ask_server(
        self,
        zone: Delegation,
        server: tuple[str, str],
        question: tuple[str, str],
        seconds: float,
        errand: _Errand,
    ) -> Verdict | None:
        """What one server says; None for silence."""
        (server_name, address), (name, kind) = server, question
        if (address, name, kind) in self._asking:
            # The walk for the other family is asking this right now, and tells of it.
            return (await self._judged(zone, address, question, seconds))[0]
        reason = self._forbidden(address) if self._forbidden is not None else ""
        if reason:
            errand.recorder.event(
                "ask", f"{server_name} ({address})", f"passed over: {reason}, out of bounds"
            )
            return Verdict(Kind.LAME, f"{address} is {reason}: out of bounds")
        errand.asked += 1
        with errand.recorder.span("ask", f"{server_name} ({address}): {kind} {name}") as span:
            verdict, words = await self._judged(zone, address, question, seconds)
            span.because(words)
            return verdict

    async def _judged(
        self, zone: Delegation, address: str, question: tuple[str, str], seconds: float
    ) -> tuple[Verdict | None, str]:
        """What one server says, None for silence, and words for the trace."""
        name, kind = question
        try:
            message, how = await self._share(address, name, kind, seconds)
        except TimeoutError:
            return None, f"silent for {seconds:g} s"
        except OSError as error:
            return Verdict(Kind.LAME, os_error_words(error)), f"passed over: {os_error_words(error)}"
        verdict = judge(message, zone.zone, name, kind, self._clock())
        words = f"passed over: {verdict.words}" if verdict.kind is Kind.LAME else verdict.words
        return verdict, words + how

    async def _addresses_of(self, server: str, errand: _Errand, busy: frozenset[str]) -> tuple[str, ...]:
        """The addresses of a server that came without glue; none where they cannot be found."""
        now = self._clock()
        known = self._hosts.get(server, now)
        if known is not None:
            return known.addresses
        if len(busy) >= MAX_DNS_DEPTH or server in errand.hopeless or self._hosts.absent(server, now):
            return ()
        try:
            outcome = await self._walk(server, "A", errand, busy | {server})
        except (NameAbsentError, LookupFailedError, ConnectionTimeoutError) as error:
            errand.recorder.event("ask", server, f"no address for the name server: {error}")
            if not busy:  # deeper down it may have failed because another one was busy
                errand.hopeless.add(server)
            return ()
        if outcome.refusal is not None:
            self._hosts.put_absent(server, "no address", now, outcome.ttl)
            return ()
        addresses = tuple(record.value for record in outcome.records if record.kind == "A")
        self._hosts.put(server, Answer(addresses, outcome.ttl, "iterative"), now)
        return addresses

    async def _share(self, address: str, name: str, kind: str, seconds: float) -> tuple[Message, str]:
        """One exchange for all who ask the same at the same time; it goes on while one of them waits."""
        key = (address, name, kind)
        task = self._asking.get(key)
        if task is None:
            task = asyncio.create_task(self._exchange(address, name, kind, seconds), name=f"ask {address}")
            self._asking[key] = task
            task.add_done_callback(lambda done: self._exchanged(key, done))
        return await asyncio.shield(task)

    def _exchanged(self, key: tuple[str, str, str], task: asyncio.Task[tuple[Message, str]]) -> None:
        self._asking.pop(key, None)
        if not task.cancelled():
            task.exception()  # seen: those who waited may have gone

    async def _exchange(self, address: str, name: str, kind: str, seconds: float) -> tuple[Message, str]:
        """UDP with EDNS; without it for servers that do not know it (RFC 6891 section 7); TCP for what was cut. The
        message, and how it came where that is worth a word."""
        how = ""
        query, accept = self._question(name, kind, edns=True)
        message = await ask_over_udp(address, query, accept, seconds, self._dial)
        edns = message.rcode not in ("FORMERR", "NOTIMP")
        if not edns:
            how = ", without EDNS"
            query, accept = self._question(name, kind, edns=False)
            message = await ask_over_udp(address, query, accept, seconds, self._dial)
        if message.truncated:
            how += ", over TCP because it was cut"
            query, accept = self._question(name, kind, edns=edns)
            message = await ask_over_tcp(address, query, accept, seconds * 2, self._dial)
        return message, how

    def _question(self, name: str, kind: str, edns: bool) -> tuple[bytes, Callable[[Message], bool]]:
        number = self._rng.randrange(1 << 16)
        query = build_query(name, kind, number, recursion=False, **({} if edns else {"payload": 0}))

        def accept(message: Message) -> bool:
            if message.number != number:
                return False
            # A server that does not understand the question may leave it out.
            return message.question == (name, kind) or (
                message.question == ("", "") and message.rcode == "FORMERR"
            )

        return query, accept

    def _enter(self, referral: Delegation) -> Delegation:
        """The zone of a referral, as the walk for the other family knows it already: so both ask the same servers."""
        known = self._delegations.closest(referral.zone, self._clock())
        if known is not None and known.zone == referral.zone:
            return known
        zone = self._shuffled(referral)
        self._delegations.put(zone)
        return zone

    def _shuffled(self, zone: Delegation) -> Delegation:
        """Servers in random order, those whose addresses came along first: the load is to be shared, and who asks in
        one order is easier to fool."""
        servers = list(zone.servers)
        self._rng.shuffle(servers)
        servers.sort(key=lambda server: not zone.addresses.get(server))
        return Delegation(zone.zone, tuple(servers), zone.addresses, zone.expires)
