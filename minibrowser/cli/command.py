"""What a subcommand is: a name, its options, and what it does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from typing import Final, NoReturn, final

from ..errors import UsageError


class OptionParser(ArgumentParser):
    """An argument parser whose complaints are `UsageError`s of one line."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage."""
        raise UsageError(f"{message} (see {self.prog} --help)")


@final
class Command:
    """A subcommand.

    Attributes:
        name: as typed; summary: one line for the list of commands; details: the text below the options.
        add_options: puts its options into a parser.
        run: does it; the exit status. Raises MinibrowserError.
    """

    def __init__(
        self,
        name: str,
        summary: str,
        add_options: Callable[[ArgumentParser], None],
        run: Callable[[Namespace], int],
        details: str = "",
    ) -> None:
        self.name: Final = name
        self.summary: Final = summary
        self.add_options: Final = add_options
        self.run: Final = run
        self.details: Final = details

    def parser(self) -> OptionParser:
        """The parser of its command line."""
        parser = OptionParser(
            prog=f"minibrowser {self.name}",
            description=self.summary,
            epilog=self.details,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.add_options(parser)
        parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
        return parser
