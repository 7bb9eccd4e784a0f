"""What the screens can do, the API can do as well; made from the routes themselves."""

from steward.access.guard import Needs
from steward.app import create_app
from steward.desk import Desk
from tests.steward.test_guards import READING, all_routes, guards

# Each act of a screen, and where a program asks for the same.
IN_THE_API = {
    "judge_item": "/api/review/{item}/judgement",
    "judge_in_bulk": "/api/review/judgements",
    "assign_item": "/api/review/{item}/assignment",
    "share_out": "/api/review/share",
    "take_back": "/api/undos/{thing}",
    "merge_contacts": "/api/merges",
    "keep_contacts_apart": "/api/apart",
    "unmerge_records": "/api/unmerges/{thing}",
    "change_values": "/api/contacts/{contact}/values",
    "change_consent": "/api/contacts/{contact}/consent",
    "write_note": "/api/contacts/{contact}/notes",
    "move_lead": "/api/leads/{lead}/status",
    "erase_contact": "/api/erasures/{person}",
    "hand_in_file": "/api/uploads",
    "run_import": "/api/uploads/{upload}/run",
    "decide_hold": "/api/holds/{hold}/decision",
    "repair_row": "/api/quarantine/{row}/repair",
    "repair_alike": "/api/quarantine/repair",
    "discard_row": "/api/quarantine/{row}/discard",
    "discard_alike": "/api/quarantine/discard",
    "reopen_row": "/api/quarantine/{row}/reopen",
    "reopen_alike": "/api/quarantine/reopen",
    "resubmit_workbook": "/api/quarantine/workbook",
    "send_again": "/api/webhooks/deliveries/{delivery}/again",
    "end_token": "/api/tokens/{token}/end",
}
# A program has no session to end, and a token that leaked must not make others.
OF_THE_DESK_ALONE = {"sign_out", "make_token"}


def changing(served):
    """Routes that change something: act -> addresses."""
    acts = {}
    for route in all_routes(create_app(Desk(served.store, served.url, served.uploads))):
        guard = guards(route)[0]
        if isinstance(guard, Needs) and guard.changes and not route.methods & READING:
            acts.setdefault(route.name, []).append(route.path)
    return acts


def test_whatever_a_screen_changes_a_program_can_change_as_well(served):
    acts = changing(served)
    screens = {
        act for act, paths in acts.items() if any(not each.startswith("/api/") for each in paths)
    }
    assert screens - OF_THE_DESK_ALONE == set(IN_THE_API)
    found = {act: [each for each in acts[act] if each.startswith("/api/")] for act in screens}
    assert {act: paths for act, paths in found.items() if paths} == {
        act: [path] for act, path in IN_THE_API.items()
    }


def test_what_asks_without_changing_says_so(served):
    routes = all_routes(create_app(Desk(served.store, served.url, served.uploads)))
    looking = {
        route.path
        for route in routes
        if isinstance(guards(route)[0], Needs)
        and not guards(route)[0].changes
        and not route.methods & READING
    }
    assert looking == {
        "/contacts/search",
        "/accounts/search",
        "/compare/preview",
        "/imports/files/{token}",
        "/api/contacts/search",
        "/api/accounts/search",
        "/api/uploads/{upload}/preview",
    }
