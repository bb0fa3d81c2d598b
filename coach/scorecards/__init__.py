"""Scorecard templates: one model, filled from the knowledge base, that every format renders."""
