"""The command line: thin, one file per command; everything it does can be done from Python too."""
