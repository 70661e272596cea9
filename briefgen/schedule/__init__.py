"""When the jobs of a project are due, the service that runs them, and the files by which systemd or cron do."""

from collections.abc import Mapping

from briefgen.schedule.times import last_due as last_due
from briefgen.schedule.times import next_run as next_run

EXPORTS: Mapping[str, str] = {
    "systemd": "briefgen.schedule.systemd:export",
    "cron": "briefgen.schedule.crontab:export",
}
"""Who else can run the jobs: a function from an `ExportOrder` to an `Export`, by name."""
