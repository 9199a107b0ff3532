"""The same facts on the same day give the same bytes, whatever the machine is set to."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import every

from .conftest import Run
from .pages import tree

#: Settings of machines that are far from ours and from each other.
MACHINES = {
    "far east, plain letters": {
        "TZ": "Pacific/Kiritimati",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "SOURCE_DATE_EPOCH": "86400",
    },
    "far west, Turkish": {
        "TZ": "Pacific/Pago_Pago",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "LANGUAGE": "tr",
        "PYTHONHASHSEED": "4242",
        "COLUMNS": "40",
        "NO_COLOR": "1",
        "SOURCE_DATE_EPOCH": "4102444800",
    },
}


@pytest.mark.parametrize("machine", every(2, MACHINES))
def test_a_build_does_not_depend_on_the_machine(
    machine: str, openplans: Run, project: Path, built_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "elsewhere" / "published"
    done = openplans(
        *("build", "--config", project, "--data", project.parent / "data", "--out", out),
        *("--today", "2027-05-01", "--base-url", "https://plans.example/sub/"),
        **MACHINES[machine],
    )
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = tree(built_site), tree(out)
    assert set(here) == set(there)
    assert [path for path in sorted(here) if here[path] != there[path]] == []


def test_the_day_of_the_build_is_that_of_the_environment_if_none_is_given(
    openplans: Run, project: Path, small_world: Path, small_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    # Noon of 1 May 2027 in UTC, which is 2 May already where the clocks are ahead the most.
    environment = {"SOURCE_DATE_EPOCH": "1809172800", "TZ": "Pacific/Kiritimati"}
    done = openplans("build", "--config", project, "--data", small_world, "--out", out, **environment)
    assert done.returncode == 0, done.stderr
    here, there = tree(small_site), tree(out)
    assert [path for path in sorted({*here, *there}) if here.get(path) != there.get(path)] == []
