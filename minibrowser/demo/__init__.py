"""The demo: a small internet on this machine (extra `demo`)."""

from .internet import DemoInternet

__all__ = ["DemoInternet"]
