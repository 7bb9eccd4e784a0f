"""An explanation as a picture: bars that climb and fall from nothing to the total weight."""

from html import escape

from dedupe.explanation import MINUS, Explanation

_ROW, _LEFT, _WIDTH, _PAD = 26, 300, 420, 12


def draw_waterfall(explanation: Explanation) -> str:
    """Draw an explanation as a self-contained SVG: a bar for each comparison, and the total."""
    steps = [(line.words, line.weight) for line in explanation.lines]
    sums = [0.0]
    for _, weight in steps:
        sums.append(sums[-1] + weight)
    low, high = min(*sums, explanation.total, 0), max(*sums, explanation.total, 0)
    scale = _WIDTH / ((high - low) or 1)
    bars = [
        _bar(row, words, (sums[row], sums[row + 1]), (low, scale))
        for row, (words, _) in enumerate(steps)
    ]
    bars.append(_bar(len(steps), explanation.decision, (0, explanation.total), (low, scale)))
    height = _ROW * len(bars) + 2 * _PAD
    zero = _LEFT - low * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" '
        'role="img" font-family="system-ui, sans-serif" font-size="13">'
        f"<title>{escape(str(explanation))}</title>"
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{height}" stroke="#888"/>'
        f"{''.join(bars)}</svg>"
    )


def _bar(row: int, words: str, span: tuple[float, float], axis: tuple[float, float]) -> str:
    low, scale = axis
    start, end = span
    left = _LEFT + (min(span) - low) * scale
    width = max(abs(end - start) * scale, 1)
    y = _PAD + row * _ROW
    colour = "#2a7f62" if end >= start else "#b3452c"
    change = f"{MINUS if end < start else '+'}{abs(end - start):.1f}"
    box = f'x="{left:.1f}" y="{y + 4}" width="{width:.1f}" height="{_ROW - 8}"'
    return (
        f'<text x="{_LEFT - 8}" y="{y + 16}" text-anchor="end">{escape(words)}</text>'
        f'<rect {box} fill="{colour}"/>'
        f'<text x="{left + width + 5:.1f}" y="{y + 17}">{change}</text>'
    )
