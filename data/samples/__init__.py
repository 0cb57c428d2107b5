"""Invented sample data, so that a new installation shows what it can do. No figure belongs to a real school."""
