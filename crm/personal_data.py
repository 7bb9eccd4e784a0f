"""Which tables hold data about people, and what erasing a person does to each.

Every table has a decision here; a test fails for one that has none.
"""

from typing import Final

__all__ = ["DECISIONS"]

DECISIONS: Final = {
    # The person.
    "contact": "blanked, its state erased; merged ids still lead to it",
    "contact_email": "rows deleted",
    "contact_phone": "rows deleted",
    "blocking_key": "rows deleted",
    "pin": "rows deleted",
    "consent": "rows deleted: the suppression outranks them",
    "opportunity": "name blanked, no longer live",
    "sale": "e-mail, phone, ids and the deal's name replaced; stage, day and amount stay",
    "account": "blanked where the person is its only contact",
    "lead": "keeps its status and times, which tell of nobody",
    "interaction": "summary emptied, no longer live",
    # Rows as they came.
    "source_record": "raw and standardized values emptied, content hash replaced, no longer live",
    "quarantine_row": "the same, for rows with an e-mail or a phone and name of the person",
    "quarantine_event": "reasons emptied",
    "issue": "values emptied, codes stay",
    "inbox": "content emptied where an e-mail, phone or submission of the person is in it",
    "outgoing_delivery": "deleted where an e-mail or phone of the person is in it",
    "profile": "deleted where a value of the person is in it; it is made of counts and examples",
    "hold": "reasons emptied where a value of the person is in them; the file goes once decided",
    # What was decided.
    "merge_event": "golden records from before and reasons emptied, the rest stays",
    "event_contact": "golden records from before emptied",
    "event_change": "values of pins emptied",
    "link": "no longer active",
    "review_item": "withdrawn, its evidence emptied",
    "judgement": "rows deleted: their keys are hashes of what the records said",
    "suppression": "keyed hashes added",
    # Nothing about the people in the store.
    "batch": "files, counts and columns",
    "survivorship_policy": "rules",
    "figure_import": "files and counts",
    "notice": "sources, batches and counts",
    "spend": "what was spent on a source",
    "source_cursor": "how far a source was read",
    "review_assignment": "who of the desk looks at what",
    "audit_entry": "ids of what the desk's people looked at",
    "outgoing_hook": "names of other programs",
    "desk_user": "the desk's people",
    "desk_session": "the desk's people",
    "api_token": "the desk's people",
    "sign_in_failure": "the desk's people",
}
