"""The stewards' desk, its API, and the receiver of web forms: what `leadgate serve` serves."""
