"""--dns, --dns-server, --doh, --hosts, --resolve."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.net.support import always, answer

from .conftest import Run, Serve

PAGE = always(answer(b"<title>hello</title>", content_type="text/html"))


def layers(out: str) -> list[str]:
    return [span["details"]["layer"] for span in json.loads(out) if span["kind"] == "dns"]


def test_an_address_may_be_given_as_with_curl(run: Run, serve: Serve) -> None:
    port = serve(PAGE).port
    outcome = run(
        "trace", f"http://shop.example:{port}/", "--json", "--resolve", f"shop.example:{port}:127.0.0.1"
    )
    assert (outcome.status, layers(outcome.out)) == (0, ["override"])


def test_a_hosts_file_may_be_given(run: Run, serve: Serve, tmp_path: Path) -> None:
    port = serve(PAGE).port
    hosts = tmp_path / "hosts"
    hosts.write_text("127.0.0.1 shop.example\n")
    outcome = run("trace", f"http://shop.example:{port}/", "--json", "--hosts", hosts)
    assert (outcome.status, layers(outcome.out)) == (0, ["hosts file"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--dns", "magic"), "invalid choice: 'magic'"),
        (("--dns", "iterative", "--dns-server", "192.0.2.1"), "asks no servers of your choice"),
        (("--dns-server", "dns.example"), "'dns.example' is no address of a DNS server"),
        (("--doh", "http://dns.example/"), "needs an https URL"),
        (("--hosts", "no-such-file"), "cannot read the hosts file no-such-file"),
        (("--resolve", "shop.example"), "'shop.example' is not HOST:PORT:ADDRESS"),
        (("--resolve", "shop.example:80:here"), "'here' is not an IP address"),
    ],
)
def test_options_that_make_no_sense_are_wrong_usage(run: Run, options: tuple[str, ...], words: str) -> None:
    outcome = run("dump", "text", "http://shop.example/", *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
