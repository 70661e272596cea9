"""Points at which a run can be killed: at every write, rename and commit. The program itself knows nothing of them."""

from __future__ import annotations

import os
import pathlib
import signal
import sqlite3
from functools import partial
from typing import Any


class Hooks:
    """Counts the steps of a run (before a write, in the middle of it, before and after a rename, before and after a commit)."""

    def __init__(self, die_at: int) -> None:
        self.count, self.die_at = 0, die_at

    def step(self) -> None:
        self.count += 1
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def plant(self) -> None:
        fdopen, rename, connect = os.fdopen, pathlib.Path.replace, sqlite3.connect
        hooks = self

        class Connection(sqlite3.Connection):
            def __exit__(self, *arguments: Any) -> Any:
                hooks.step()
                done = super().__exit__(*arguments)
                hooks.step()
                return done

        def opened(*arguments: Any, **options: Any) -> Any:
            file = fdopen(*arguments, **options)
            write = file.write

            class Slow:
                def __enter__(self) -> Any:
                    return self

                def __exit__(self, *_: Any) -> None:
                    file.close()

                def write(self, content: bytes) -> None:
                    hooks.step()
                    write(content[: len(content) // 2])
                    file.flush()
                    hooks.step()
                    write(content[len(content) // 2 :])

                def __getattr__(self, name: str) -> Any:
                    return getattr(file, name)

            return Slow()

        def renamed(path: pathlib.Path, target: Any) -> Any:
            hooks.step()
            done = rename(path, target)
            hooks.step()
            return done

        os.fdopen = opened  # type: ignore[assignment]
        pathlib.Path.replace = renamed  # type: ignore[assignment,method-assign]
        sqlite3.connect = partial(connect, factory=Connection)
