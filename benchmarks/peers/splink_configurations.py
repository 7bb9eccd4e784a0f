"""How Splink is set up for each kind of set: published examples first, its guides otherwise."""

from collections.abc import Callable
from typing import Final

from splink_by_its_guides import leads, organisations
from splink_models import Configuration
from splink_published import fake_1000, febrl, febrl4, historical_50k

CONFIGURATIONS: Final[dict[str, Callable[[], Configuration]]] = {
    "febrl1": febrl,
    "febrl2": febrl,
    "febrl3": febrl,
    "febrl4": febrl4,
    "historical_50k": historical_50k,
    "fake_1000": fake_1000,
    "leads": leads,
    "restaurants_fodors_zagats": lambda: organisations("name", "addr", "city", "phone"),
    "chicago_early_childhood": lambda: organisations("Site name", "Address", "Zip", "Phone"),
}
