"""The receiver of web forms, calls and visits."""
