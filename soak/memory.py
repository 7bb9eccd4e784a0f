"""Whether a store that saw something break off ends as it does where nothing breaks."""

from dataclasses import dataclass, field

from crm.store import open_store
from crm.verify import verify
from soak.scenarios import Scenario
from soak.small_imports import describe, fingerprint

__all__ = ["Memory"]


@dataclass
class Memory:
    """What must come out of a scenario, and which states are known to lead there.

    The first store that is checked must be one where nothing was broken off.
    """

    expected: list[str] | None = None
    sound: set[str] = field(default_factory=set)

    def check(self, scenario: Scenario, url: str) -> list[str]:
        """Give the command again; returns what is wrong then, in words.

        A state that was there before leads to the same as it did then.
        """
        try:
            with open_store(url) as store:
                state = fingerprint(store)
                if state in self.sound:
                    return []
                scenario.again(store)
                broken = [f"{each.code} {each.ids}" for each in verify(store)]
                found = describe(store)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            return [f"{type(error).__name__}: {error}"]
        self.expected = self.expected or found
        if found != self.expected:
            broken.append("the store holds something else than where nothing breaks off")
        if not broken:
            self.sound.add(state)
        return broken
