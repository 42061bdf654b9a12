"""Plays what cmd does with the few commands that our batch files use: there is no cmd on a test machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Batch:
    """A batch file that was played: what it ran, and the exit code it left with.

    `answers` are the exit codes of programs by how their line begins; `files` are those beside the batch file.
    """

    answers: Mapping[str, int]
    files: tuple[str, ...]
    arguments: str = ""
    folder: str = "C:\\予算 (R9) & 編成\\"
    variables: dict[str, str] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)

    def play(self, text: str) -> int:
        """Run the lines of a batch file, and return its exit code."""
        lines = [line for line in text.split("\r\n") if line]
        at = 0
        while at < len(lines):
            line = self._expanded(lines[at].removeprefix("@"))
            if found := re.fullmatch(r"if (.+?) goto (\w+)", line):
                line = f"goto {found[2]}" if self._holds(found[1]) else ":"
            if found := re.fullmatch(r"exit /b (\d+)", line):
                return int(found[1])
            at = lines.index(f":{line[5:]}") if line.startswith("goto ") else at + 1
            self._run(line)
        return int(self.variables["ERRORLEVEL"])

    def _expanded(self, line: str) -> str:
        line = line.replace("%~dp0", self.folder).replace("%*", self.arguments)
        line = line.replace("%~1", self.arguments.strip('"'))
        return re.sub(r"%(\w+)%", lambda found: self.variables.get(found[1], ""), line)

    def _holds(self, condition: str) -> bool:
        if found := re.fullmatch(r'not exist "(.+)"', condition):
            return found[1].removeprefix(self.folder) not in self.files
        if condition == "not errorlevel 1":
            return self.variables["ERRORLEVEL"] == "0"
        found = re.fullmatch(r'"(.*)"=="(.*)"', condition)
        assert found, condition
        return found[1] == found[2]

    def _run(self, line: str) -> None:
        word = line.split(" ")[0]
        if found := re.fullmatch(r'set "(\w+)=(.*)"', line):
            self.variables[found[1]] = found[2]
        elif not line.startswith((":", "rem ")) and word not in (
            "echo",
            "setlocal",
            "goto",
            "echo.",
        ):
            self.ran.append(line)
            known = (code for start, code in self.answers.items() if line.startswith(start))
            self.variables["ERRORLEVEL"] = str(next(known, 0))
