"""minibrowser: a URL becomes a PNG, with no browser binary, system library or subprocess."""

from ._version import __version__

__all__ = ["__version__"]
