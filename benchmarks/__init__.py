"""Measurements: `pytest benchmarks --benchmark-enable`, and `python -m benchmarks.compare` against Chromium."""
