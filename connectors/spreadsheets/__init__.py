"""Delimited text and workbooks."""
