"""`[insights]`: what `leadgate insights` has to be told."""

from pydantic import Field

from leadgate.settings.section import Section


class InsightsSection(Section):
    """Money: the currency of amounts that name none, and what of the revenue is earned."""

    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    margin: float = Field(1.0, gt=0, le=1)
