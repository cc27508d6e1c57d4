#!/usr/bin/env bash
# The VTIMEZONE that icalendar 7.3.2 makes lets summer begin an hour late.
#
# RFC 5545 (3.6.5) writes the moment at which a zone changes in the local time that it changes from:
# summer in Amsterdam begins at 02:00, as TZOFFSETFROM is +0100. `Timezone.from_tzid` writes the time
# that it is afterwards, 03:00. A program that goes by the zone in the file, as it must for a name
# that it does not know, is an hour off between 01:00 and 02:00 UTC on that day, every year. Autumn
# is right, as the clock then goes back to an hour that was there before.
#
# Read here by icalendar itself, and by python-dateutil. Exits with 0 while that is so, and with 1 as
# soon as one of them says what the clock says.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet icalendar==7.3.2 python-dateutil==2.9.0.post0 tzdata 2>/dev/null
"$here/venv/bin/python" - <<'PYTHON'
import io
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
from dateutil.tz import tzical

name = "Europe/Amsterdam"
zone = icalendar.Timezone.from_tzid(name)
text = zone.to_ical().decode().replace("\r\n ", "")
moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
true = moment.astimezone(ZoneInfo(name)).strftime("%H:%M")
said = {
    "icalendar": moment.astimezone(zone.to_tz(lookup_tzid=False)).strftime("%H:%M"),
    "dateutil": moment.astimezone(tzical(io.StringIO(text)).get(name)).strftime("%H:%M"),
}
print(f"icalendar {icalendar.__version__}, {moment:%d-%m-%Y %H:%M} UTC: {said}; the clock says {true}")
sys.exit(true in said.values())
PYTHON
