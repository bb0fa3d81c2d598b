"""The user's own work: drafts, attempts, progress, what to practise next. The database lives here alone."""
