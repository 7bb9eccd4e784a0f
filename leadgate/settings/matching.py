"""`[matching]`: the weights that decide."""

from pathlib import Path

from leadgate.settings.section import Section


class Matching(Section):
    """Left out, each import starts from the shipped weights and learns from its own rows."""

    # Learned from the store by the deployment `learn`, and then what decides.
    model: Path | None = None
