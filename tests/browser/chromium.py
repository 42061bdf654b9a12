"""A headless Chromium driven over its debugging pipe: the standard library is all it takes."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Message = dict[str, Any]
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--force-prefers-reduced-motion",
    "--remote-debugging-pipe",
)


_SECONDS, _PATIENCE = 30, 3_000


def available() -> str | None:
    """Give the program, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Tab:
    """One open page: what it asked for, what it complained of, and what a script in it finds."""

    def __init__(self, chromium: Chromium, session: str) -> None:
        self._chromium = chromium
        self._session = session
        self.events: list[Message] = []

    def call(self, method: str, **parameters: object) -> Message:
        """Call a method of the DevTools protocol and give its result."""
        return self._chromium.call(method, self._session, self.events, **parameters)

    def value(self, expression: str) -> Any:
        """Give what a JavaScript expression comes to; raise AssertionError where it throws."""
        found = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript condition holds; raise TimeoutError where it does not."""
        look = f"({condition}) ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 5)"
        end = f"Date.now() + {(_SECONDS - 5) * 1000}"
        if not self.value(
            f"new Promise(done => {{ const end = {end}, look = () => {look}; look(); }})"
        ):
            raise TimeoutError(condition)

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key and let it go."""
        common = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    @property
    def requested(self) -> list[str]:
        """Every address that was asked for."""
        found = [e for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in found]

    @property
    def complaints(self) -> list[Message]:
        """Every exception and every line in the log."""
        told = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [event for event in self.events if event["method"] in told]


class Chromium:
    """The running program, with two pipes of messages that end in NUL."""

    def __init__(self, program: str, profile: Path) -> None:
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        self._process = subprocess.Popen(
            [program, *_OPTIONS, f"--user-data-dir={profile}"],
            close_fds=False,
            preexec_fn=lambda: _as_three_and_four(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for handle in (theirs_in, theirs_out):
            os.close(handle)
        self._in, self._out, self._pending = ours_in, ours_out, b""
        self._number = 0

    def call(
        self,
        method: str,
        session: str | None = None,
        seen: list[Message] | None = None,
        **parameters: object,
    ) -> Message:
        """Call a method; events that come before its answer go into `seen`."""
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            if seen is not None and answer.get("sessionId") == session:
                seen.append(answer)
        assert "error" not in answer, (method, answer["error"])
        result: Message = answer["result"]
        return result

    def open(self, path: Path, *, script: bool = True, fragment: str = "") -> Tab:
        """Open a file in a tab of its own, with or without its script, and wait until it is loaded.

        A `fragment` (`#…`) stands behind its address.
        """
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.call(f"{domain}.enable")
        tab.call("Emulation.setScriptExecutionDisabled", value=not script)
        tab.events.clear()
        tab.call("Page.navigate", url=path.as_uri() + fragment)
        there = "location.protocol === 'file:' && document.readyState === 'complete'"
        for _ in range(_PATIENCE):
            if tab.value(there):
                return tab
            time.sleep(0.01)
        raise TimeoutError(path.name)

    def stop(self) -> None:
        """End the program, by force where it does not listen."""
        try:
            self.call("Browser.close")
            self._process.wait(_SECONDS)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._in)
            os.close(self._out)

    def _read(self) -> Message:
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self._in], [], [], _SECONDS)
            more = os.read(self._in, 1 << 16) if ready else b""
            if not more:
                raise TimeoutError("Chromium gives no answer")
            self._pending += more
        data, _, self._pending = self._pending.partition(b"\0")
        message: Message = json.loads(data)
        return message


@contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """Run Chromium with a profile of its own; raises RuntimeError where there is none."""
    program = available()
    if program is None:
        raise RuntimeError("Chromium is missing: sh scripts/test installs it")
    running = Chromium(program, profile)
    try:
        yield running
    finally:
        running.stop()


def _as_three_and_four(theirs_in: int, theirs_out: int) -> None:
    """Give our pipes the numbers that Chromium reads from and writes to."""
    # By way of numbers that are out of the way: either may be 3 or 4 itself.
    high = [fcntl.fcntl(handle, fcntl.F_DUPFD, 10) for handle in (theirs_in, theirs_out)]
    os.dup2(high[0], 3)
    os.dup2(high[1], 4)
