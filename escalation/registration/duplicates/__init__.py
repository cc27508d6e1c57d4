"""The same resident, registered twice."""
