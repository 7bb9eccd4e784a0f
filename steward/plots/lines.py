"""Shares over time, as points of lines."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600.0, 120.0  # units of the drawing


@dataclass(frozen=True)
class Line:
    """One share over the imports: where its points are, and the last value."""

    key: str
    points: tuple[tuple[float, float], ...]
    values: tuple[float, ...]

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


def draw_lines(shares: dict[str, Sequence[float]]) -> tuple[tuple[Line, ...], float]:
    """Lay the lines into one drawing; returns them and the share at its upper edge.

    All have the same scale, from nothing to the highest of them, a twentieth at least.
    """
    top = max([0.05, *(value for values in shares.values() for value in values)])
    drawn = []
    for key, values in shares.items():
        step = WIDTH / max(len(values) - 1, 1)
        points = tuple(
            (number * step if len(values) > 1 else WIDTH / 2, HEIGHT * (1 - value / top))
            for number, value in enumerate(values)
        )
        drawn.append(Line(key, points, tuple(values)))
    return tuple(drawn), top
