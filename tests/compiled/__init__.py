"""The engine compiled by mypyc: built into a scratch folder, tested there, and measured against the interpreter.

python -m tests.compiled [--check] [--keep DIR] [--opt-level N] [--no-tests] [--no-benchmark]
"""
