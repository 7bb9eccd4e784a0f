"""Leadgate's front door: the command line and its settings."""
