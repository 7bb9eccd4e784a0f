"""Every issue Leadgate can find, with what it means and what to do about it."""
