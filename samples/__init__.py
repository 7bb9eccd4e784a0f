"""Invented leads in five files, with the fate of every row written down beside it."""
