"""One module a command, with a function `run(options)` that returns the exit code."""
