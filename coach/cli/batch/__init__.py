"""Scoring many answers: lines in, lines out, in order, in bounded memory."""
