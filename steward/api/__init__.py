"""What the screens do, for programs: JSON in, JSON out, with a token."""
