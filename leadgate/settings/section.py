"""What all sections of `leadgate.toml` share."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """No key we do not know, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
