"""file: URLs. In: a URL; out: bytes and a type. The one place of net that reads the disk."""

from __future__ import annotations

import os
import stat

from ..errors import BodyTooLargeError, FileAccessError
from ..url import URL
from .mime_type import mime_type_for_file


def read_file(url: URL, max_bytes: int) -> tuple[bytes, str]:
    """The bytes of a file and the type that its ending says ("" for nothing). Raises `FileAccessError`,
    `BodyTooLargeError`, `InvalidURLError`."""
    path = url.file_path()
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if stat.S_ISDIR(status.st_mode):
                raise IsADirectoryError(path)
            if not stat.S_ISREG(status.st_mode):
                raise FileAccessError(f"not a regular file: {path}", url.href)
            # The size that is stated may not be true: it is 0 for the files of /proc, and logs grow.
            body = b"" if status.st_size > max_bytes else file.read(max_bytes + 1)
            size = max(status.st_size, len(body))
            if size > max_bytes:
                raise BodyTooLargeError(f"{path}: {size} bytes; the limit is {max_bytes}", url.href)
            return body, mime_type_for_file(path)
    except FileNotFoundError as error:
        raise FileAccessError(f"no such file: {path}", url.href) from error
    except IsADirectoryError as error:
        raise FileAccessError(f"a directory, not a file: {path}", url.href) from error
    except PermissionError as error:
        raise FileAccessError(f"no permission to read: {path}", url.href) from error
    except (OSError, ValueError) as error:
        raise FileAccessError(f"cannot be read: {path}: {error}", url.href) from error


def _open_without_waiting(path: str, flags: int) -> int:
    """A named pipe without a writer must not block the loop."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
