"""The second half of the main path: from clean records to contacts in the store.

`mend_companies`, `skip_seen`, `look_up` and `load` touch the store; `match` and `merge` are
computation on frames.
"""

from dataclasses import replace
from typing import cast

from crm.batch import BatchInput, Candidates, Incoming, Matching
from crm.batch import Kind as BatchKind
from crm.content_hash import content_hashes
from crm.plan import Plan
from crm.plan import plan as plan_load
from crm.store import LoadResult, Store
from dedupe.accounts import COMPANY_FIELDS, resolve_accounts
from dedupe.features import COMPARED_FIELDS
from dedupe.keys import blocking_keys
from dedupe.resolution import resolve
from flows.callers import link_numbers
from flows.cleaning import quarantine
from flows.columns import describe_reading
from flows.distributed.choosing import pairing_of
from flows.job import ImportJob
from flows.learning import read_model
from flows.stages import Cleaned, Fresh, Mapped, Matched
from validators.company_spelling import all_domains
from validators.company_spelling import mend_companies as mend
from validators.grading import grade_issues
from validators.issues import concat_issues


def skip_seen(store: Store, mapped: Mapped, cleaned: Cleaned, job: ImportJob) -> Fresh:
    """Leave out the rows that were imported before, and block the others by their keys."""
    hashes = content_hashes(mapped.raw)
    submissions = cleaned.records.get("submission_id")
    seen = store.seen(_batch(mapped, job), hashes, submissions, job.repaired)
    rows = cleaned.records.index.difference(seen.rows.index).difference(cleaned.quarantined)
    # An empty store is asked for nobody.
    keys = blocking_keys(cleaned.records.loc[rows]) if seen.mark.merge_event else None
    return Fresh(cleaned.records, rows, keys, hashes, seen)


def mend_companies(store: Store, cleaned: Cleaned, job: ImportJob) -> Cleaned:
    """Hold the companies against the accounts of the store, and grade what is found."""
    records, slips = mend(
        cleaned.records, store.account_names(lambda: all_domains(cleaned.records))
    )
    if slips.empty:
        return cleaned
    issues = concat_issues([cleaned.issues, grade_issues(slips, job.severities)])
    return quarantine(Cleaned(records, issues, cleaned.quarantined))


def look_up(store: Store, fresh: Fresh) -> Candidates:
    """Fetch what the store knows of contacts that share a key with a fresh row, and of both."""
    keys = blocking_keys(fresh.cleaned.head(0)) if fresh.keys is None else fresh.keys
    return store.judged(store.candidates(keys), fresh.records, fresh.hashes)


def match(fresh: Fresh, candidates: Candidates, job: ImportJob) -> Matched:
    """Compare, weigh, decide and cluster: within the batch, and against the store.

    Of calls and visits, a number that is one person's is enough. What people judged outranks all.
    """
    alone = candidates.records.empty
    numbered = job.kind != "lead" and not alone
    by_number = link_numbers(fresh.records(), candidates.records) if numbered else []
    apart = {frozenset(pair) for pair in candidates.cannot_link}
    resolution = resolve(
        fresh.records(COMPARED_FIELDS),
        known=None if alone else candidates.records,
        cannot_link=candidates.cannot_link,
        must_link=[
            *candidates.must_link,
            *(pair for pair in by_number if frozenset(pair) not in apart),
        ],
        population=None if alone else candidates.population + len(fresh.rows),
        model=read_model(job.model),
        pairing=pairing_of(job.workers),
    )
    return Matched(resolution, candidates)


def merge(mapped: Mapped, cleaned: Cleaned, fresh: Fresh, matched: Matched, job: ImportJob) -> Plan:
    """Give every row its fate, and compute the golden records that follow from it."""
    batch = _batch(mapped, job)
    incoming = Incoming(
        raw=mapped.raw,
        places=mapped.places,
        hashes=fresh.hashes,
        records=cleaned.records,
        issues=cleaned.issues,
        quarantined=cleaned.quarantined,
        keys=fresh.keys,
        accounts=resolve_accounts(fresh.records(COMPANY_FIELDS)) if job.kind == "lead" else None,
    )
    matching = Matching(matched.resolution, matched.candidates.records)
    decided = replace(batch, model_version=matched.resolution.model_version)
    return plan_load(decided, incoming, matching, fresh.seen, job.policy)


def load(store: Store, plan: Plan) -> LoadResult:
    """Write the plan, chunk by chunk, each in one transaction."""
    return store.load(plan)


def _batch(mapped: Mapped, job: ImportJob) -> BatchInput:
    return BatchInput(
        source=job.source,
        content_hash=mapped.received.digest,
        file=job.path.name,
        kind=cast("BatchKind", job.kind),  # figures are kept elsewhere
        trust=job.trust,
        on_possible_match=job.on_possible_match,
        blank=sum(table.blank for table in mapped.received.tables),
        reading=describe_reading(mapped),
    )
