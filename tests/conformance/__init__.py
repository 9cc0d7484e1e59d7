"""Scores of suites that nobody here wrote: `python -m tests.conformance SUITE`.

The suites are read from outside the project (`--root`). Lists of what is known to fail are checked in under
`expectations/`: a listed failure that passes and an unlisted one both count as a difference.
"""
