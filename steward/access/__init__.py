"""Who may do what: sign-in, sessions, roles, tokens, and the guards of every route."""
