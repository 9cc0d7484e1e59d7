"""`python -m minibrowser` and the command `minibrowser`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run the command line and leave at once: nothing is left to clean up but memory and idle threads."""
    # OPTIMIZATION: one page and the process ends; collecting cycles costs 6% of a cold start and frees nothing.
    gc.disable()
    from .cli.main import main as run  # noqa: PLC0415 - importing this module must cost nothing

    status = run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        # The reader has gone away; there is nobody to tell.
        status = status or 1
    os._exit(status)


if __name__ == "__main__":
    main()
