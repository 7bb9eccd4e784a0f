"""Where the marks of the desk's plots go; templates draw them as SVG."""
