"""What `--data` and `--form` send, as curl reads them, and what `--user` tells."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from ..net import Request
    from ..net.auth import HTTPCredentials
    from ..net.form_data import Entry


def form_request(options: Namespace) -> Request | None:
    """The POST that the options ask for, None where they ask for none. Raises `UsageError`."""
    if not options.data and not options.form:
        return None
    if options.data and options.form:
        raise UsageError("--data and --form are two kinds of body: give one")
    if options.target == "-":
        raise UsageError("--data and --form need an address to send to")
    from ..net import Headers, Request  # noqa: PLC0415 - a local file needs no network
    from ..net.form_data import MULTIPART, URLENCODED, form_body  # noqa: PLC0415 - as above
    from ..url import fix_up  # noqa: PLC0415 - as above

    url = fix_up(options.target, os.getcwd())
    if not url.is_http:
        raise UsageError(f"--data and --form are sent to http and https, not to {url.scheme}:")
    if options.form:
        body, kind = form_body([_form_entry(text) for text in options.form], MULTIPART)
    else:
        body, kind = b"&".join(_data(text) for text in options.data), URLENCODED
    guessed = url.scheme == "https" and not options.target.strip().lower().startswith("https:")
    headers = Headers([("Content-Type", kind)])
    return Request(
        url=url.href,
        method="POST",
        headers=headers,
        body=body,
        destination="document",
        http_fallback=guessed,
    )


def credentials(options: Namespace) -> HTTPCredentials | None:
    """Those of `--user`, for the target's origin alone. Raises `UsageError`."""
    if options.user is None:
        return None
    from ..net.auth import HTTPCredentials  # noqa: PLC0415 - for those who have credentials
    from ..url import URL, fix_up  # noqa: PLC0415 - as above

    url = URL(options.base_url) if options.target == "-" else fix_up(options.target, os.getcwd())
    if not url.is_http:
        raise UsageError("--user is for pages from http and https")
    name, password = options.user
    return HTTPCredentials(username=name, password=password, origin=url.origin)


def _data(text: str) -> bytes:
    """The text itself, or `@FILE` without its line ends, as curl has it."""
    if not text.startswith("@"):
        return os.fsencode(text)
    return _read(text[1:]).replace(b"\r", b"").replace(b"\n", b"")


def _form_entry(text: str) -> Entry:
    """`NAME=VALUE`, `NAME=<FILE` (its text), `NAME=@FILE` (a file, with `;type=` and `;filename=` where wanted)."""
    from ..net.form_data import FormFile  # noqa: PLC0415 - as above
    from ..net.mime_type import mime_type_for_file  # noqa: PLC0415 - as above

    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"--form {text!r} is not NAME=VALUE")
    if value.startswith("<"):
        return name, _read(value[1:]).decode("utf-8", "replace")
    if not value.startswith("@"):
        return name, value
    path, *settings = value[1:].split(";")
    filename, kind = Path(path).name, mime_type_for_file(path)
    for setting in settings:
        key, _, given = setting.strip().partition("=")
        if key == "type":
            kind = given
        elif key == "filename":
            filename = given
        else:
            raise UsageError(f"--form: {setting!r} is neither type= nor filename=")
    return name, FormFile(filename, _read(path), kind)


def _read(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
