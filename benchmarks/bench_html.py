"""HTML: bytes to nodes, with both parsers, and back."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from fixtures import pages
from minibrowser.html.parser import PARSERS, parse_document
from minibrowser.html.serializer import serialize_document


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("page", ["article", "dashboard"])
def test_parse(benchmark: BenchmarkFixture, parser: str, page: str) -> None:
    data = (pages.article() if page == "article" else pages.dashboard()).encode()
    document = benchmark(parse_document, data, url="about:blank", parser=parser)
    assert document.root is not None


def test_serialize(benchmark: BenchmarkFixture) -> None:
    document = parse_document(pages.article(), url="about:blank")
    assert "<blockquote>" in benchmark(serialize_document, document)
