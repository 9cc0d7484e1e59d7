"""Names to addresses, in layers: literal addresses and localhost, the host cache, a server or the system."""

from .layers import LayeredResolver
from .resolver import Answer, Resolver

__all__ = ["Answer", "LayeredResolver", "Resolver"]
