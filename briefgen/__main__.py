"""`python -m briefgen` is the command line."""

from briefgen.cli.app import main

main()
