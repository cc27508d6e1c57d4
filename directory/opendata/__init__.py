"""Open data: the overview of tafels for programs of others, without an account.

`published` reads what was published, `tafels` and `gemeenten` say what one is in open data (the
one place that decides it), `schemas` and `openapi` describe exactly that, `hsds` says it once more
as Open Referral HSDS, `dcat` describes all of it for catalogues, `feeds` makes the news and the
calendars, `answers` and `problems` are how the API answers. All of it comes from the directory;
nothing here knows that there are casussen.
"""

VERSION = "1.0.0"
"""Of the API, as semantic versioning has it; the major number also stands in the address."""
