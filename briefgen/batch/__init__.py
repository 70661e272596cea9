"""Briefs by the thousand: what is due, made by several workers, written down as it is done.

In: a project and the names of its jobs. Out: files, the build state beside them (`state`), and a report of the run.
A unit of work is one summary for one audience, with all its formats; a worker hands back an `Outcome`, never an exception.

`job` says what a batch is made of, `plan` what is due and why (`filestat`, `header`, `fingerprint`: by which hashes), `run` does
it, `pool` and `executors` are who, `work` is what each worker does, `watch` its timer; `lock`, `prune` and `report` do as
they say.
Nothing is imported here: `briefgen render` needs the pool and nothing else.
"""
