"""What `briefgen init` writes: the files of a new project by name, valid as they stand. In: nothing. Out: texts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from briefgen.load.starter import SCHEMA_NAME, schema, starter
from briefgen.project.project import PROJECT_FILE, STATE_FOLDER
from briefgen.writers import names, usual

PROJECT = f"""\
# The settings of this folder. `briefgen config show --origin` says which hold, and why.

# What every summary says here, unless it says otherwise.
defaults:
  language: en-GB
  series: Your desk
  marking: {{tlp: GREEN}}

# templates: house                  # a template set of your own, in templates/house/
output: outputs                     # where briefs go, relative to this file
name: "{{summary}}-{{audience}}"        # also {{language}} and {{date}}, of the summary's `as_of`; a / makes folders

# Jobs: what `briefgen batch JOB` renders. `briefgen schedule next` prints when they are due.
jobs:
  morning:
    inputs: [inputs/*.yaml]
    audiences: [executive, board]   # left out: every audience
    formats: [{", ".join(usual())}]
    schedule: {{cron: 30 6 * * mon-fri, zone: Europe/Brussels}}   # minute, hour, day, month, weekday; and whose clock
  weekly:
    inputs: [inputs/**/*.yaml]      # ** takes folders in folders
    formats: [{", ".join(names())}]
    output: outputs/weekly
    name: "{{date}}/{{summary}}-{{audience}}"
    schedule: {{cron: 0 17 * * fri, zone: Europe/Brussels}}
    keep: 12                        # reports of its runs
"""
AUDIENCE = """\
# An audience of your own: the executive brief, for other readers. `briefgen audience show board` prints it whole.
extends: executive
label: Board brief
prepared_for: Members of the Management Board
"""
IGNORED = f"# Made from the rest, and never committed.\n/outputs/*\n!/outputs/README.md\n/{STATE_FOLDER}/\n.briefgen-*\n"
TEMPLATES = """\
# Templates

What lies here goes before the packaged file of the same name: audiences in `audiences/`, templates in `default/`, labels
in `labels/`. `briefgen template copy sections/risks_table.html` brings a packaged file in, to be changed.
"""
OUTPUTS = "# Outputs\n\nBriefs are written here. All of it can be made again: `briefgen render inputs/*.yaml`.\n"


def files() -> Mapping[str, str]:
    """Return the text of each file of a new project, by its path in the folder."""
    return {
        PROJECT_FILE: PROJECT,
        "inputs/first.yaml": starter(),
        f"inputs/{SCHEMA_NAME}": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
        "templates/README.md": TEMPLATES,
        "templates/audiences/board.yaml": AUDIENCE,
        "outputs/README.md": OUTPUTS,
        ".gitignore": IGNORED,
    }
