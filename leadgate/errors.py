"""What can be wrong with the configuration; each message names the key and the way out.

ConfigurationError
├── ConfigurationFileError   the file cannot be found, read or parsed
├── UnknownKeyError          a key nobody reads
├── InvalidValueError        a key with a value it cannot have
├── UnknownSourceError       a source that leadgate.toml does not describe
└── EngineError              a cluster that cannot be used
"""


class ConfigurationError(Exception):
    """The configuration or the command is wrong; nothing was done."""


class ConfigurationFileError(ConfigurationError):
    """`leadgate.toml` cannot be found, read or parsed."""


class UnknownKeyError(ConfigurationError):
    """`leadgate.toml` has a key that nothing reads."""


class InvalidValueError(ConfigurationError):
    """A key or an option has a value it cannot have."""


class UnknownSourceError(ConfigurationError):
    """What was to be imported is neither a file nor a source of `leadgate.toml`."""


class EngineError(ConfigurationError):
    """The cluster of `[engine]` cannot be used."""
