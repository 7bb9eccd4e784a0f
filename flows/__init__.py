"""The main path, and the same path as a Prefect flow."""
