"""What `leadgate check` looks at, and what it holds each thing to be."""
