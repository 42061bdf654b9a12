#!/bin/sh
# Finds Python @python@ and hands over to install.py, which says the rest.
here="$(cd "$(dirname "$0")" && pwd)" || exit 1
for python in python@python@ python3 python; do
  if "$python" -I -c 'import sys; sys.exit(sys.version_info[:2] != (@python_numbers@))' >/dev/null 2>&1; then
    exec "$python" -I "$here/install.py" "$@"
  fi
done
echo "Python @python@ が見つかりません（python@python@ --version で確かめられます）。" >&2
echo "「はじめにお読みください.txt」の 1 のとおりに入れてから、もう一度実行してください。" >&2
exit 1
