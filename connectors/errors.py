"""Why a file cannot be read; each message names the file and says what to do.

SourceFileError
├── MissingFileError      there is no such file
├── NotAFileError         a folder, a device
├── UnreadableFileError   no permission, an input/output error, a reader that gave up
├── EmptyFileError        nothing in it
├── UnknownFormatError    not a format we read, or not what its name says
├── HostileFileError      made to harm a reader: a bomb, entities, encrypted parts
├── EncodingError         text that is not in the declared encoding
├── UnknownSheetError     no sheet of that name
└── ReadOptionError       an option of the reading that does not fit the file
"""

from pathlib import Path
from typing import ClassVar


class SourceFileError(Exception):
    """A file that cannot be read; nothing of it was used.

    `file` is its path as the caller named it, `code` says what is wrong with it.
    """

    code: ClassVar[str] = "file.unreadable"

    def __init__(self, file: Path | str, problem: str) -> None:
        self.file = str(file)
        self.problem = problem
        super().__init__(f"{file}: {problem}")

    def of_member(self, name: str) -> "SourceFileError":
        """The same error of a file in an archive, which it names."""
        return type(self)(self.file, f"“{name}” {self.problem}")


class MissingFileError(SourceFileError):
    """There is no such file."""

    code = "file.missing"


class NotAFileError(SourceFileError):
    """A folder, or a device."""

    code = "file.not_a_file"


class UnreadableFileError(SourceFileError):
    """No permission, an input/output error, or a reader that gave up."""

    code = "file.unreadable"


class EmptyFileError(SourceFileError):
    """Nothing in it."""

    code = "file.empty"


class UnknownFormatError(SourceFileError):
    """Not a format we read, or not what its name says."""

    code = "file.unknown_format"


class HostileFileError(SourceFileError):
    """Made, or broken, in a way that harms readers."""

    code = "file.hostile"


class EncodingError(SourceFileError):
    """Text that is not in the declared encoding."""

    code = "file.encoding"


class UnknownSheetError(SourceFileError):
    """No sheet of that name."""

    code = "file.unknown_sheet"


class ReadOptionError(SourceFileError):
    """An option of the reading that does not fit the file."""

    code = "file.bad_option"
