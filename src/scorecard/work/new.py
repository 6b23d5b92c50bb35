"""Begin a workspace, or a definition in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.errors import RefusedError, UsageError
from scorecard.work.workspace import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = """\
# One council's settings. Lines that begin with # are notes.

[authority]
name = "Your council's name"
contact = "Performance team, telephone and e-mail"
marking = "OFFICIAL-SENSITIVE"

[records]
# The day from which your case system holds everything; a window that begins before it has no figure.
covers_from = 2018-04-01

[pack]
layout = "scorecard"
edition = "Internal"
# What the summary's first column holds: "march_first_reported", "year", "statutory" or "published".
end_of_year = "march_first_reported"

# Children aged 0 to 17 who live in the area (ONS mid-year estimate), in use from a day on. It is printed on every rate.
# [[population]]
# from = 2021-04-01
# persons = 36110
# source = "ONS mid-2020 estimate, published June 2021"
"""

_TARGETS = """\
# Your targets, each from a day on.

# [[target]]
# measure = "assessments_45wd_pct"
# from = 2021-04-01
# value = 95
# tolerance = 5
# source = "Service plan 2021/22"
"""

_FOLDERS = ("indicators", "dimensions", "packs", "commentary", "store")

_SKELETON = """\
---
id: {name}
title: Say what is counted
section: assessments
kind: flow
one_case_is: say what one row is
owner: who answers for this definition
source: where the rule comes from
measures:
  {name}:
    title: Say what the figure is called on the page
    unit: count
    better: neither
---
# Say what is counted

What counts and what does not, in words a manager can test. The SQL below counts authorised assessments until you
write your own.

## Cases

```sql
SELECT a.cina_assessment_id || '/' || a.cina_person_id AS case_id, a.cina_person_id AS child_id,
       a.cina_assessment_auth_date AS event_date
FROM ssd_cin_assessments AS a
WHERE a.cina_assessment_auth_date IS NOT NULL
```

## Examples

### An assessment counts on the day it was authorised, and not before

Given `ssd_cin_assessments`

| cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date |
|---|---|---|---|
| A1 | c1 | 2021-10-01 | 2021-11-02 |
| A2 | c2 | 2021-11-01 | |

Then from 2021-11-01 to 2021-11-30

| case_id | because |
|---|---|
| A1/c1 | authorised in November |

### An assessment authorised in another month does not count in this one

Given `ssd_cin_assessments`

| cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date |
|---|---|---|---|
| A1 | c1 | 2021-10-01 | 2021-12-01 |

Then from 2021-11-01 to 2021-11-30

| case_id | because |
|---|---|
"""


def new_workspace(folder: Path) -> tuple[Path, ...]:
    """Write the files of an empty workspace; a folder that already is one is left alone."""
    if (folder / SETTINGS).exists():
        raise RefusedError(f"{folder} already is a workspace.", remedy="Name another folder.")
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = {folder / SETTINGS: _SETTINGS, folder / "targets.toml": _TARGETS}
    for path, text in written.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(written)


def new_indicator(folder: Path, name: str) -> Path:
    """Write the skeleton of a definition, which runs as it stands."""
    if not name.isidentifier() or not name.islower():
        raise UsageError(
            f"“{name}” cannot be an id.", remedy="Use small letters, digits and _, such as visits_late_pct."
        )
    path = folder / "indicators" / f"{name}.md"
    if path.exists():
        raise RefusedError(f"{path} is already there.", remedy="Change it, or choose another id.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_SKELETON.format(name=name), encoding="utf-8", newline="\n")
    return path
