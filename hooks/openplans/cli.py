"""The way in for the command, and the way out: whatever happens ends in an exit code of the contract.

Where nothing has changed since the last build, that is said before anything else is loaded.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click

from .exit_codes import BUG, ENVIRONMENT, FINE, USAGE
from .project import ROOT
from .standing import still_stands


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and never end in a traceback."""
    try:
        code = _answer(sys.argv[1:] if arguments is None else arguments)
    except click.exceptions.Abort:
        code = ENVIRONMENT
    except click.ClickException as error:
        error.show()
        code = USAGE
    except BrokenPipeError:
        # The reader went away (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    except OSError as error:
        click.echo(f"error: {error.strerror or error}: {error.filename or ''}", err=True)
        code = ENVIRONMENT
    except Exception as error:
        click.echo(
            f"internal error: {type(error).__name__}: {error}. Nothing was published. Please report it.", err=True
        )
        if os.environ.get("OPENPLANS_DEBUG"):
            traceback.print_exc()
        code = BUG
    sys.exit(code if isinstance(code, int) else FINE)


def _answer(arguments: Sequence[str]) -> object:
    # The words of a command mean something in a folder only: relative paths start there.
    asked = (os.getcwd(), *arguments)
    if list(arguments[:1]) == ["build"]:
        epoch, git = os.environ.get("SOURCE_DATE_EPOCH"), shutil.which("git")
        said = still_stands(_cache_for(arguments), asked, datetime.now(UTC), epoch, git)
        if said:
            click.echo(said)
            return FINE
    commands = import_module("openplans.commands")
    return commands.cli.main(args=list(arguments), prog_name="openplans", standalone_mode=False, obj=asked)


def _cache_for(arguments: Sequence[str]) -> Path:
    """Return where the build keeps things: beside the configuration; a wrong guess only means a whole build."""
    config = next((word for before, word in pairwise(arguments) if before == "--config"), None)
    return (Path(config).resolve().parent if config else ROOT) / ".cache"
