"""Tests, mirroring the package. Runners with commands of their own: `conformance`, `fidelity`, `compiled`."""
