"""The outside: files and forms, read as text. Knows nothing of leads."""
