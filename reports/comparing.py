"""Two records side by side: which fields differ, and in which characters."""

from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from reports.model import Comparison, Piece
from validators.fields import FIELDS

# Below this likeness a value is another value, not a variant: it is marked as a whole.
_VARIANT = 0.5


def compare_records(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[Comparison, ...]:
    """Compare the fields that either record has, in the order of the vocabulary."""
    return tuple(
        compare_values(field.label, here.get(name), there.get(name))
        for name, field in FIELDS.items()
        if here.get(name) or there.get(name)
    )


def name_record(values: Mapping[str, str]) -> str | None:
    """What to call a record: its name, else its company, e-mail address or phone number."""
    person = " ".join(values[part] for part in ("given_name", "family_name") if values.get(part))
    others = (values.get(name) for name in ("full_name", "company", "email", "phone", "mobile"))
    return person or next((value for value in others if value), None)


def compare_values(label: str, here: str | None, there: str | None) -> Comparison:
    """Compare two values of one field, down to the characters where one is a variant."""
    if not here or not there or here == there:
        # What one of them does not tell is no contradiction.
        return Comparison(label, _plain(here), _plain(there), agrees=here == there)
    if Levenshtein.normalized_similarity(here, there) < _VARIANT:
        return Comparison(
            label, (Piece(here, differs=True),), (Piece(there, differs=True),), agrees=False
        )
    left, right = [], []
    for step in Levenshtein.opcodes(here, there):
        # One letter that happens to agree amid others is no agreement to see.
        inside = step.src_start > 0 and step.src_end < len(here)
        differs = step.tag != "equal" or (inside and step.src_end - step.src_start == 1)
        left.append(Piece(here[step.src_start : step.src_end], differs))
        right.append(Piece(there[step.dest_start : step.dest_end], differs))
    return Comparison(label, _join(left), _join(right), agrees=False)


def _plain(value: str | None) -> tuple[Piece, ...]:
    return (Piece(value, differs=False),) if value else ()


def _join(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces of one kind that lie side by side as one; empty ones left out."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.text and joined[-1].differs == piece.differs:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.differs)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
