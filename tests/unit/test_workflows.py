"""Workflows run no code that can change behind our backs, and no command that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml
from openplans.commands import cli

WORKFLOWS = sorted((Path(__file__).resolve().parents[2] / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_grants_nothing_as_a_whole_and_little_to_each_job(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 360, name
        assert "contents" not in job["permissions"] or job["permissions"]["contents"] == "read", name


def test_every_action_is_pinned_by_commit_and_the_same_everywhere() -> None:
    used: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        for action, pin in re.findall(r"uses: (\S+?)@(.+)", file.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), f"{file.name}: {action}"
            used.setdefault(action, set()).add(pin)
    assert all(len(pins) == 1 for pins in used.values()), used


def test_workflows_use_only_commands_and_options_that_exist() -> None:
    found = 0
    for file in WORKFLOWS:
        for name, rest in re.findall(r"bin/openplans (\w+)(.*)", file.read_text(encoding="utf-8")):
            known = {
                option for item in cli.commands[name].params if isinstance(item, click.Option) for option in item.opts
            }
            assert set(re.findall(r"(?<!\S)--[\w-]+", rest)) <= known, f"{file.name}: openplans {name}"
            found += 1
    assert found >= 3
