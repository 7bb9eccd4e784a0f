"""Submissions of web forms."""
