"""Bring mapped records into standard form, column by column, distinct value by distinct value."""

from validators.standardize.frame import Standardized, standardize

__all__ = ["Standardized", "standardize"]
