"""Bytes or text to a `Document`, and trees back to markup."""

from .parser import is_xml_type, parse_document, parse_fragment

__all__ = ["is_xml_type", "parse_document", "parse_fragment"]
