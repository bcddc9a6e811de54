"""`python -m matcher` is the command `matcher`."""

from matcher.cli.main import main

main()
