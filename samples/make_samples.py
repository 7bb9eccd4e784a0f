"""Makes the sample files and the tables of `samples/README.md` from the plots.

    python -m samples.make_samples            # in place
    python -m samples.make_samples FOLDER     # somewhere else, to compare

The result depends on nothing but the plots, so a second run changes nothing.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from samples.plot import Passage, read_plot
from samples.workbook import write_workbook

HERE = Path(__file__).parent
README = HERE / "README.md"


def write_text(passages: list[Passage], encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """Lay the passages out as lines of one text."""
    lines = [line for passage in passages for line in passage.lines]
    return "".join(line + newline for line in lines).encode(encoding)


FILES: dict[str, Callable[[list[Passage]], bytes]] = {
    "crm_export.csv": write_text,
    "tradeshow.xlsx": write_workbook,
    # What a German Excel saves.
    "webinar.csv": partial(write_text, encoding="cp1252", newline="\r\n"),
    "web_forms.jsonl": write_text,
    "calls.csv": write_text,
}


def make_samples() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of every file this script is responsible for."""
    readme = README.read_text(encoding="utf-8")
    for name, write in FILES.items():
        passages = read_plot(Path(name).stem)
        yield name, write(passages)
        readme = _with_table(readme, name, passages)
    yield README.name, readme.encode()


def _with_table(readme: str, name: str, passages: list[Passage]) -> str:
    """Put the table of `name` between its marks in the README."""
    mark, end = f"<!-- rows of {name} -->", "<!-- end -->"
    table = "\n".join(_table(passages))
    replaced, count = re.subn(
        f"{re.escape(mark)}.*?{end}",
        lambda _: f"{mark}\n{table}\n{end}",
        readme,
        flags=re.DOTALL,
    )
    if count != 1:
        raise ValueError(f"README.md has {count} places for the rows of {name}; one is needed.")
    return replaced


def _table(passages: list[Passage]) -> Iterator[str]:
    sheets = any(passage.sheet for passage in passages)
    yield f"| {'sheet!row' if sheets else 'line'} | who | what is planted | fate |"
    yield "|---|---|---|---|"
    for passage in passages:
        if passage.fate:
            plan = passage.fate
            fate = f"merged with {plan.who}" if plan.fate == "merged" else plan.fate
            yield f"| {passage.place} | {plan.who} | {plan.planted} | {fate} |"


def main(folder: Path) -> None:
    """Write the files into `folder`."""
    for name, content in make_samples():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
