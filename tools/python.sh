#!/bin/sh
# Prints a Python that is new enough and can make an environment. The venv itself when it is there
# and works; then the system's own, which a distribution builds to be fast: one that a version
# manager compiled in a hurry takes half as long again over the same work.
for python in .venv/bin/python /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
    if "$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$python"
        exit 0
    fi
done
echo "Python 3.11 of nieuwer is nodig (met venv), en is niet gevonden." >&2
exit 1
