"""The terminal app. Nothing imports it at module level, since its library makes starting slow."""
