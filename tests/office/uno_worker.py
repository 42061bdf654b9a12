"""Serves LibreOffice Calc over JSON lines, for `process.py`; runs under the system Python.

`import uno` works only in the interpreter that the distribution ships with LibreOffice, so this
file is a program of its own: with `uno_calc.py` it imports nothing of this project. One request a
line on stdin, `{"op": "...", ...}`; one answer a line on stdout, `{"result": ...}` or
`{"error": "...", "fatal": ...}`, fatal where LibreOffice itself has ended. Its one argument is a
directory it may fill; it leaves no folder there.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.connection import NoConnectException
from com.sun.star.uno import RuntimeException
from uno_calc import Calc, Refused

START_SECONDS = 60
# A Japanese office types into a Japanese LibreOffice; the locale decides what reads as a number.
# Window 26100 is the input line: the packages without a user interface lack its parts, and
# LibreOffice ends where it is idle for long enough after a command to draw it.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ja-JP</value></prop></item>
<item oor:path="/org.openoffice.Office.Views/Windows">
<node oor:name="26100" oor:op="replace">
<prop oor:name="Visible" oor:op="fuse"><value>false</value></prop></node></item>
</oor:items>
"""


def start_office(directory):
    """Start soffice with a profile and a pipe of its own; return (process, pipe name)."""
    profile = directory / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    temporary = directory / "tmp"
    temporary.mkdir()
    pipe = directory.name  # unique, and the client can clear it away
    # UTF-8, or LibreOffice cannot name a file in Japanese.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [
            *("soffice", "--headless", "--norestore", "--nologo"),
            "-env:UserInstallation=" + profile.as_uri(),
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # soffice forks: only the whole group can be ended
    )
    return process, pipe


def connect(process, pipe):
    """Wait until soffice answers on its pipe; return its component context."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(NoConnectException):
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        time.sleep(0.05)
    raise TimeoutError("soffice did not start")


def answer_to(calc, line):
    """Return the answer to one request line."""
    try:
        request = json.loads(line)
        return {"result": getattr(calc, request.pop("op"))(**request)}
    except Exception as problem:  # the caller must get an answer, whatever UNO throws
        kind = "" if isinstance(problem, Refused) else f"{type(problem).__name__}: "
        return {"error": f"{kind}{problem}", "fatal": not calc.is_alive()}


def say(answer):
    """Write one answer line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def serve(directory, process, pipe):
    """Answer requests until stdin ends or LibreOffice does."""
    try:
        calc = Calc(directory, connect(process, pipe))
        say({"ready": True})
        for line in sys.stdin:
            answer = answer_to(calc, line)
            say(answer)
            if answer.get("fatal"):
                return
        calc.desktop.terminate()  # asked kindly, it removes its pipe
        process.wait(10)
    except (RuntimeException, TimeoutError, subprocess.TimeoutExpired) as problem:
        print(problem, file=sys.stderr)


def main():
    """Run soffice and the server; end soffice and remove its files whatever happens."""
    directory = Path(sys.argv[1])
    process, pipe = start_office(directory)
    try:
        say({"group": process.pid})
        serve(directory, process, pipe)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for folder in filter(Path.is_dir, list(directory.glob("*"))):
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
