"""Call Sheet from the outside: the command line, batches of runs, checks, and what is written to disk."""
