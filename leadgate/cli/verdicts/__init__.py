"""The formats of `leadgate check`: each a function from checks to lines of text."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, get_args

from leadgate.cli.checking.file_check import FileCheck
from leadgate.cli.verdicts.annotations import write_annotations
from leadgate.cli.verdicts.json_lines import write_json
from leadgate.cli.verdicts.junit import write_junit
from leadgate.cli.verdicts.markdown import write_markdown
from leadgate.cli.verdicts.sarif import write_sarif
from leadgate.cli.verdicts.text import write_text

Format = Literal["text", "json", "junit", "sarif", "github", "markdown"]
Writer = Callable[[Sequence[FileCheck]], Iterator[str]]

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
WRITERS: Final[dict[str, Writer]] = {
    "text": write_text,
    "json": write_json,
    "junit": write_junit,
    "sarif": write_sarif,
    "github": write_annotations,
    "markdown": write_markdown,
}
