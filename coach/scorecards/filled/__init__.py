"""A scorecard that somebody has filled in: read back, compared, and checked for what it lacks."""
