"""The subprocess that drives LibreOffice: one start, many calls, one end."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

PYTHON = Path("/usr/bin/python3")  # the one interpreter that can `import uno`
WORKER = Path(__file__).with_name("uno_worker.py")


class OfficeError(Exception):
    """LibreOffice refused the call, or could not do it; the process goes on."""


class OfficeDied(OfficeError):
    """LibreOffice or its worker ended, or did not answer in time; all its books are lost."""


def available() -> bool:
    """Return whether this machine has LibreOffice and a Python that can talk to it."""
    if shutil.which("soffice") is None or not PYTHON.exists():
        return False
    command = [str(PYTHON), "-E", "-s", "-c", "import uno"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class WorkerProcess:
    """One running uno_worker.py with its soffice; raises OfficeDied where it does not start."""

    def __init__(self, timeout: float) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="yosan-office-"))
        self._log = self._directory / "worker.log"
        self._group: int | None = None  # soffice's process group
        self._unread = b""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(PYTHON), "-B", "-E", "-s", str(WORKER), str(self._directory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                start_new_session=True,  # Ctrl-C ends pytest; the worker then sees the end of stdin
            )
        self._group = int(self._answer("start", timeout)["group"])
        self._answer("start", timeout)

    def call(self, op: str, timeout: float, arguments: dict[str, object]) -> Any:
        """Return the result of one request; raise OfficeError, or OfficeDied after clearing up."""
        assert self._process.stdin is not None
        line = json.dumps({"op": op, **arguments}).encode() + b"\n"
        try:
            self._process.stdin.write(line)
        except BrokenPipeError:
            self._died(f"LibreOffice had ended before {op!r}")
        answer = self._answer(op, timeout)
        if answer.get("fatal"):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)  # it clears up by itself
            self._died(f"LibreOffice ended during {op!r}: {answer['error']}")
        if "error" in answer:
            raise OfficeError(f"{op}: {answer['error']}")
        return answer["result"]

    def signal(self, sign: signal.Signals) -> None:
        """Send soffice a signal."""
        if self._group is not None:
            os.killpg(self._group, sign)

    def stop(self) -> None:
        """End the worker and its soffice, and remove their files; harmless when called again."""
        with contextlib.suppress(subprocess.TimeoutExpired, BrokenPipeError):
            if self._process.stdin is not None:
                self._process.stdin.close()  # the worker ends soffice at the end of its input
            self._process.wait(15)
        self._kill()

    def _answer(self, op: str, timeout: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        end = time.monotonic() + timeout
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                if not selector.select(max(0.0, end - time.monotonic())):
                    self._died(f"LibreOffice did not answer {op!r} in {timeout:g} s")
                chunk = os.read(self._process.stdout.fileno(), 1 << 16)
                if not chunk:
                    self._died(f"the LibreOffice worker ended during {op!r}")
                self._unread += chunk
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _died(self, what: str) -> NoReturn:
        log = self._log.read_text(errors="replace")[-500:].strip()
        self._kill()
        raise OfficeDied(f"{what}; it is started again at the next call. {log}".strip())

    def _kill(self) -> None:
        ended_well = self._process.poll() == 0  # then it has ended soffice itself
        self._process.kill()
        self._process.wait()
        if self._group is not None and not ended_well:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._group, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        Path(f"/tmp/OSL_PIPE_{os.getuid()}_{self._directory.name}").unlink(missing_ok=True)
        shutil.rmtree(self._directory, ignore_errors=True)
