"""`archive verify`: everything hashed again, and the chain of the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.shelf import Stage
from yosan_xl.store.archive.verify import (
    Progress,
    strangers,
    verify_chain,
    verify_head,
    verify_stage,
)
from yosan_xl.store.files import Files
from yosan_xl.usecases.archive.place import open_shelf, stage_of


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was hashed, and what is not as it was."""

    root: Path
    stages: tuple[str, ...]
    files: int
    findings: tuple[Finding, ...]


def verify(
    root: Path,
    years: Sequence[FiscalYear] = (),
    progress: Progress = lambda entries: entries,
    files: Files | None = None,
) -> Verified:
    """Verify all stages of `years` (none: of all), and always the chain; raise WrongInput."""
    files = files or Files()
    shelf = open_shelf(root)
    wanted = {year.western for year in years}
    for year in years:
        if not shelf.broken:
            stage_of(root, year)
    stages = [one for one in shelf.stages if not wanted or one.manifest.year in wanted]
    found = [finding for stage in stages for finding in verify_stage(stage, files, progress)]
    # Where a manifest is broken, the chain is too: one mistake, one finding.
    chain = () if shelf.broken else (*verify_chain(shelf), *verify_head(shelf))
    others = () if wanted else tuple(strangers(shelf))
    findings = (*shelf.broken, *chain, *found, *others)
    return Verified(root, tuple(map(_name, stages)), _count(stages), findings)


def _name(stage: Stage) -> str:
    return stage.name


def _count(stages: Sequence[Stage]) -> int:
    return sum(len(stage.manifest.files) for stage in stages)
