"""A scorecard in every format: one module each, and a table of them in `formats`."""
