"""Briefs by the thousand: what is due, made by several workers, written down as it is done.

In: a project and the names of its jobs. Out: files, the build state beside them (`briefgen.manifest`), and a report of the run.
A unit of work is one summary for one audience, with all its formats; a worker hands back an `Outcome`, never an exception.
"""

from briefgen.batch.job import Job, Outcome, Unit, jobs_of
from briefgen.batch.plan import Plan, plan
from briefgen.batch.run import Options, run

__all__ = ["Job", "Options", "Outcome", "Plan", "Unit", "jobs_of", "plan", "run"]
