"""Names to addresses, in layers: what is known here, the host caches, and then DNS servers or the system."""

from .build import build_resolver
from .layers import LayeredResolver
from .resolver import Answer, LookupFailedError, NameAbsentError, Resolver

__all__ = ["Answer", "LayeredResolver", "LookupFailedError", "NameAbsentError", "Resolver", "build_resolver"]
