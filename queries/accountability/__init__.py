"""Appraisal and consequences (clauses 19 to 21), beyond their indicators."""
