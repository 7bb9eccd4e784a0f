"""How far an import is follows from the step it is at."""

from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.progress import STEPS, WORDS, place_of


def test_an_import_takes_the_steps_that_are_told_of_in_their_order(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("First Name,Last Name,Email\nAnn,Lee,ann@lee.example\n", encoding="utf-8")
    taken = []

    def run(step, *args, **kwargs):
        taken.append(step.__name__)
        return step(*args, **kwargs)

    store = f"sqlite:///{tmp_path}/store.db"
    import_leads(ImportJob("fair", path, store=store, reports=tmp_path / "reports"), run)
    first = list(dict.fromkeys(taken))
    assert [name for name in WORDS if name in first] == first
    assert set(WORDS) - set(first) == {"look_up_mail_domains"}
    assert (place_of("extract"), place_of("report")) == (1, STEPS)
    assert place_of("something else") == 0
