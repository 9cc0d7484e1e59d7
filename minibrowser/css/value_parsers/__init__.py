"""Parsers of longhand values, grouped by family. Each takes tokens and gives the value, or INVALID."""
