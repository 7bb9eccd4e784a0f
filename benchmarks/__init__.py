"""What is claimed about speed and quality, measured by commands."""
