"""Groups, their meetings, and what they agree: one set of records for boards and for panels."""
