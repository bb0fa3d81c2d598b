"""The shape of every entry, as frozen pydantic models that refuse unknown keys."""
