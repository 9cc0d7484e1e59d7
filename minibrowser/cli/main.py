"""The way in: pick the subcommand, run it, and turn what goes wrong into one line and an exit status.

Status 0 is success, 1 a failure, 2 wrong usage, 130 an interrupt.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from .._version import __version__
from ..errors import MinibrowserError, UsageError
from . import output

if TYPE_CHECKING:
    from .command import Command

_SUMMARIES: Final = {
    "render": "turn a page into a picture",
    "dump": "print the DOM, text, boxes, styles, display list or resources of a page",
    "trace": "show the journey of a page, step by step",
    "demo": "take the whole journey on this machine alone",
}
_HELP: Final = f"""\
usage: minibrowser COMMAND [options]

A headless mini-browser: a URL becomes a picture.

commands:
{"".join(f"  {name:<8} {summary}{chr(10)}" for name, summary in _SUMMARIES.items())}
minibrowser COMMAND --help tells the options of a command; minibrowser --version the version.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run a command line; the exit status. Nothing is raised, unless `--debug` asks for tracebacks."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough; later flushes must not complain either.
        _silence_stdout()
        return 1
    except MinibrowserError as error:
        return _report(str(error), 2 if isinstance(error, UsageError) else 1, arguments)
    except MemoryError:
        return _report("out of memory", 1, arguments)
    except OSError as error:
        return _report(str(error), 1, arguments)
    except Exception as error:  # noqa: BLE001 - the last line of defence: users never see a traceback unasked
        return _report(f"internal error: {type(error).__name__}: {error} (--debug shows more)", 1, arguments)


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        raise UsageError("no command given: render, dump, trace or demo (see minibrowser --help)")
    name = arguments[0]
    if name in ("--version", "-V", "version"):
        print(f"minibrowser {__version__}")
        return 0
    if name in ("--help", "-h", "help"):
        print(_HELP, end="")
        return 0
    command = _find(name)
    try:
        options = command.parser().parse_args(arguments[1:])
    except SystemExit as leave:  # argparse has printed the help
        return leave.code if isinstance(leave.code, int) else 0
    return command.run(options)


def _find(name: str) -> Command:
    """The command of a name. Its module, and with it the engine, is imported here and not before."""
    if name == "render":
        from . import render  # noqa: PLC0415

        return render.COMMAND
    if name == "dump":
        from . import dump  # noqa: PLC0415

        return dump.COMMAND
    if name == "trace":
        from . import trace  # noqa: PLC0415

        return trace.COMMAND
    if name == "demo":
        from . import demo  # noqa: PLC0415

        return demo.COMMAND
    kind = "option" if name.startswith("-") else "command"
    raise UsageError(f"unknown {kind} {name!r}: render, dump, trace or demo (see minibrowser --help)")


def _report(message: str, status: int, arguments: list[str]) -> int:
    """Print one line; with `--debug`, raise again what is being handled."""
    if "--debug" in arguments:
        import traceback  # noqa: PLC0415 - only here

        traceback.print_exc()
    print(f"minibrowser: {output.printable(' '.join(message.split()))}", file=sys.stderr)
    return status


def _silence_stdout() -> None:
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        # There is no standard output to silence.
        return
