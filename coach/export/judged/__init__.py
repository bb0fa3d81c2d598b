"""Judged answers as documents: the model answer of a case, and the report of a practised answer."""
