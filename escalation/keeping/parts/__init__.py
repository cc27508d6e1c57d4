"""Everything kept under a code: which rows, how they read in an export, how they go.

An app names its parts in `settings.DOSSIER_PARTS`. A test holds the list against the models: every
row that can be reached from a casus belongs to a part, or is said to stay.
"""

from escalation.keeping.parts.engine import destroy, parts, sections, sweep_out
from escalation.keeping.parts.part import Part, Row, Section

__all__ = ["Part", "Row", "Section", "destroy", "parts", "sections", "sweep_out"]
