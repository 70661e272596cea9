"""The command line: thin, one file per command; everything it does can be done from Python too."""

import gc
import os

# Here, so that it comes before every other import.
gc.set_threshold(500_000, 20, 100)  # imports make many objects that live as long as the process; there is little to collect
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins reads every installed package's metadata
