#!/bin/sh
# Prints a Python that is new enough. The venv itself when it is there and works.
for python in .venv/bin/python python3.13 python3.12 python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$python"
        exit 0
    fi
done
echo "Python 3.11 of nieuwer is nodig, en is niet gevonden." >&2
exit 1
