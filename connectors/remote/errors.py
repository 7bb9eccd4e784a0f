"""Why something elsewhere cannot be read; no message holds a secret or a query.

RemoteError
├── AddressRefusedError    not an address that may be asked
├── RemoteDownError        no answer, or none that helps, after several tries; try again later
├── RemoteDeniedError      the answer is no: wrong token, no such form
└── RemoteAnswerError      an answer that is not what was asked for, or too large
"""

from connectors.errors import SourceFileError


class RemoteError(SourceFileError):
    """What lies elsewhere cannot be read; `file` says which host or place."""

    code = "remote.unreadable"


class AddressRefusedError(RemoteError):
    """An address that is not allowed, or leads into a network that is not the internet."""

    code = "remote.address"


class RemoteDownError(RemoteError):
    """No answer, or only that it has no time."""

    code = "remote.down"


class RemoteDeniedError(RemoteError):
    """The other side refuses."""

    code = "remote.denied"


class RemoteAnswerError(RemoteError):
    """The other side answers something else."""

    code = "remote.answer"
