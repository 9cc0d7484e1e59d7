"""The command line: one module for each subcommand. The engine is imported when a command runs, not before."""
