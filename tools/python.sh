#!/bin/sh
# Prints a Python that fits (requires-python in pyproject.toml) and can make an environment. The venv
# itself when it is there and works; then the system's own, which a distribution builds to be fast:
# one that a version manager compiled in a hurry takes half as long again over the same work.
for python in .venv/bin/python /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
    if "$python" -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
        2>/dev/null; then
        echo "$python"
        exit 0
    fi
done
found=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
cat >&2 <<END
Python 3.11, 3.12 of 3.13 is nodig, met venv.${found:+ Deze machine heeft Python $found.}
Zet er een naast de Python die er al is, en doe dit dan opnieuw:
  Debian en Ubuntu   apt install python3.13 python3.13-venv
  Mac                brew install python@3.13
  overal             uv python install 3.13
END
exit 1
