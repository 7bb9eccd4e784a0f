"""Multipart bodies as names and texts, in one pass and with limits.

`email` nests as deep as a sender likes and takes the square of a header's length.
"""

from dataclasses import dataclass, field
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from connectors.forms.delivery import FIELDS

HEADER_BYTES: Final = 1_024
KIND: Final = b"multipart/form-data"


class TooManyPartsError(ValueError):
    """More parts than any form has."""


def split_multipart(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """The names and texts of a form in their order; files, and parts without a name, are left out.

    Raises a `ValueError` where the body is not what its content type says, or is cut off.
    """
    kind, options = _options(content_type.encode("utf-8", "surrogatepass"))
    if kind != KIND or not options.get(b"boundary"):
        raise ValueError
    parts = _Parts()
    parser = MultipartParser(
        options[b"boundary"],
        {
            "on_part_begin": parts.begin,
            "on_header_field": parts.name_header,
            "on_header_value": parts.read_header,
            "on_header_end": parts.end_header,
            "on_part_data": parts.read,
            "on_part_end": parts.end,
            "on_end": parts.finish,
        },
    )
    try:
        parser.write(body)
    except FormParserError as error:
        raise ValueError from error
    if not parts.finished:
        raise ValueError
    return parts.texts


@dataclass
class _Parts:
    """What the parser has told so far."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    finished: bool = False
    _count: int = 0
    _header: bytes = b""
    _value: bytes = b""
    _disposition: bytes = b""
    _content: bytearray = field(default_factory=bytearray)

    def begin(self) -> None:
        self._count += 1
        if self._count > FIELDS:
            raise TooManyPartsError
        self._header = self._value = self._disposition = b""
        self._content = bytearray()

    def name_header(self, data: bytes, start: int, end: int) -> None:
        self._header = _cap(self._header, data[start:end])

    def read_header(self, data: bytes, start: int, end: int) -> None:
        self._value = _cap(self._value, data[start:end])

    def end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def read(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def end(self) -> None:
        _, options = _options(self._disposition)
        name = options.get(b"name")
        if name and b"filename" not in options:
            self.texts.append(
                (name.decode("utf-8", "replace"), self._content.decode(errors="replace"))
            )

    def finish(self) -> None:
        self.finished = True


def _options(header: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    # Reading the options of a header takes the square of its length.
    return parse_options_header(_cap(b"", header))


def _cap(before: bytes, more: bytes) -> bytes:
    if len(before) + len(more) > HEADER_BYTES:
        raise ValueError
    return before + more
