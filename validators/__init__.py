"""Leads are made sound: columns mapped, values standardized, issues found, rows split.

Import the submodules; this package loads nothing by itself.
"""
