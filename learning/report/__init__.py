"""The year report: figures of the region, counted by the database and safe to show."""

from .figures import Figure, Report, report_of

__all__ = ["Figure", "Report", "report_of"]
