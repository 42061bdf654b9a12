# Sourced by scripts/test, scripts/demo: a virtual environment of the repository's own.
# Sets PY to its Python. Usage: EXTRA="[test]"; . scripts/setup.sh   (EXTRA: "" or "[test]")

venv="${YOSAN_VENV:-.venv}"
if [ ! -x "$venv/bin/python" ]; then
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 以上が必要です (python3 --version で確かめてください)。" >&2
    exit 1
  }
  python3 -m venv "$venv" || {
    echo "仮想環境を作れません。apt-get install python3-venv を実行してください。" >&2
    exit 1
  }
fi
PY="$venv/bin/python"
# Every command is a process of its own: one that finds the program compiled starts in half the time.
unset PYTHONDONTWRITEBYTECODE
stamp="$venv/.installed$EXTRA"
if [ ! -f "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
  "$PY" -m pip install --quiet --disable-pip-version-check -e ".$EXTRA" 2>"$venv/pip.log" || {
    cat "$venv/pip.log" >&2
    exit 1
  }
  touch "$stamp"
fi
