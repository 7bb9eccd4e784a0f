"""What `make soak` does at length, in small: kills between deliveries lose and double nothing."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from soak.receiver_kills import Receiver, run


def test_events_sent_several_times_to_a_receiver_that_is_killed_have_one_effect_each(tmp_path):
    receiver = Receiver(tmp_path)
    try:
        outcome = run(receiver, events=20, copies=3, kills=1)
    finally:
        receiver.kill()
    assert (outcome.effects, outcome.acknowledged) == (20, 20)
