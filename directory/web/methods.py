"""The methods that a page with a form answers to."""

from __future__ import annotations

from django.views.decorators.http import require_http_methods

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
