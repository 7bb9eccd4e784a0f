"""A store as large as a desk has to be quick with, filled by PostgreSQL itself.

A million contacts with their records, links, leads and log take minutes that way; an import would
take longer, and is measured elsewhere.
"""

from typing import Final

from sqlalchemy import text

from benchmarks.lead_names import read_culture
from benchmarks.lead_places import COMPANY_WORDS
from crm.opening import writing
from crm.store import Store

__all__ = ["fill"]

BATCH: Final = 100_000  # contacts an import brought
STAFF: Final = 5  # contacts of an account
BAD: Final = 2_000  # rows of each import in quarantine
EVIDENCE: Final = (
    '[{"comparison": "family_name", "level": "exact", "words": "same family name", '
    '"weight": 8.30},{"comparison": "city", "level": "exact", "words": "same city", '
    '"weight": 4.97},{"comparison": "given_name", "level": "nickname", '
    '"words": "given name: nickname variants", "weight": 3.06},{"comparison": "phone", '
    '"level": "different", "words": "another phone", "weight": -1.20},{"comparison": "prior", '
    '"level": "before comparing", "words": "two records of this many are rarely one person", '
    '"weight": -11.70}]'
)
PERSON: Final = """
CREATE TEMP TABLE person (n bigint, batch integer, row integer, at text, given text, family text,
  company text, city text, email text, phone text, hash text) ON COMMIT DROP"""
# Two neighbours have one family name and one city: they are the possible matches.
PEOPLE: Final = """
INSERT INTO person
SELECT n, (n - 1) / :batch + 1 AS batch, (n - 1) % :batch AS row,
  '2026-' || lpad((1 + n / :batch % 12)::text, 2, '0') || '-11T09:00:00Z' AS at,
  givens[1 + n * 7919 % cardinality(givens)] AS given,
  families[1 + (n + 1) / 2 * 31 % cardinality(families)] AS family,
  words[1 + n * 13 % cardinality(words)] || ' ' ||
  words[1 + n * 7 / 5 % cardinality(words)] || ' Ltd' AS company,
  lower(words[1 + (n + 1) / 2 % cardinality(words)]) AS city,
  'p' || n || '@mail' || n % 997 || '.example' AS email,
  '+4930' || 10000000 + n AS phone, md5('row ' || n) AS hash
FROM generate_series(1, CAST(:contacts AS bigint)) AS n,
  (SELECT CAST(:given AS text[]) AS givens, CAST(:family AS text[]) AS families,
    CAST(:words AS text[]) AS words) AS list
"""
STANDARD: Final = (
    "json_build_object('given_name', given, 'family_name', family, 'email', email, "
    "'phone', phone, 'company', company, 'city', city, 'country', 'DE')::text"
)
TABLES: Final = (
    """
INSERT INTO batch (id, source, kind, trust, file, content_hash, model_version, reading, status,
  started_at, finished_at, rows_in, created, merged, held, quarantined, already_seen, blank, review,
  flagged)
SELECT batch, 'fair ' || batch % 7, 'lead', 50, 'leads ' || batch || '.csv', md5(batch::text), '2',
  '[]', 'complete', min(at), max(at), count(*) + :bad, count(*), 0, 0, :bad, 0, 0,
  CASE batch WHEN 1 THEN CAST(:items AS integer) ELSE 0 END, count(*) / 4
FROM person GROUP BY batch""",
    f"""
INSERT INTO source_record (id, batch_id, row, file, line, content_hash, occurred_at, fate, raw,
  standard)
SELECT n, batch, row, 'leads.csv', row + 2, hash, at, 'created', {STANDARD}, {STANDARD}
FROM person""",  # noqa: S608 - columns
    """
INSERT INTO account (id, key, name, domain, status, created_batch, row_version)
SELECT n / :staff + 1, 'domain:firm' || n || '.example', company, 'firm' || n || '.example',
  'prospect', batch, 1
FROM person WHERE n % :staff = 0 OR n = 1""",
    """
INSERT INTO contact (id, given_name, family_name, email, phone, company, country, fields,
  provenance, account_id, created_batch, row_version)
SELECT n, given, family, email, phone, company, 'DE', json_build_object('city', city)::text,
  json_build_object('*', n)::text, n / :staff + 1, batch, 1 FROM person""",
    "INSERT INTO contact_email SELECT n, email, n FROM person",
    "INSERT INTO contact_phone SELECT n, phone, n FROM person",
    """
INSERT INTO merge_event (id, kind, at, actor, batch_id, contact_id, source_record_id, model_version)
SELECT n, 'create', at, 'rule', batch, n, n, '2' FROM person""",
    """
INSERT INTO link (id, source_record_id, contact_id, merge_event_id, decided_by, active)
SELECT n, n, n, n, 'rule', true FROM person""",
    """
INSERT INTO lead (id, contact_id, status, source, first_at, last_at)
SELECT n, n, (ARRAY['new', 'new', 'new', 'working', 'qualified', 'converted', 'disqualified'])
  [1 + n % 7], 'fair ' || batch % 7, at, at FROM person""",
    """
INSERT INTO interaction (id, kind, contact_id, lead_id, source_record_id, occurred_at, summary)
SELECT n, 'import', n, n, n, at, '{}' FROM person""",
    """
INSERT INTO blocking_key SELECT ('x' || substr(md5(n || ' ' || k), 1, 16))::bit(64)::bigint, n
FROM person, generate_series(1, 3) AS k""",
    """
INSERT INTO issue (id, batch_id, row, field, code, severity, before, after)
SELECT n, batch, row, 'phone', 'phone.formatted', 'warning', phone, phone
FROM person WHERE n % 4 = 0""",
    """
INSERT INTO quarantine_row (id, batch_id, row, file, line, content_hash, status, raw, standard)
SELECT n, (n - 1) / :bad + 1, :batch + (n - 1) % :bad, 'leads.csv', :batch + (n - 1) % :bad + 2,
  md5('bad ' || n), 'waiting', json_build_object('First Name', 'Ann', 'Last Name', 'Lee ' || n,
  'Email', 'ann' || n % 90 || '@mail', 'Phone', '12')::text, '{}'
FROM generate_series(1, :bad * CAST(:batches AS integer)) AS n""",
    """
INSERT INTO issue (id, batch_id, row, field, code, severity, before)
SELECT :contacts + n, (n - 1) / :bad + 1, :batch + (n - 1) % :bad, 'email', 'email.invalid',
  'error', 'ann' || n % 90 || '@mail'
FROM generate_series(1, :bad * CAST(:batches AS integer)) AS n""",
    """
INSERT INTO review_item (id, batch_id, left_record, right_record, weight, evidence, model_version,
  status, value, agrees, differs)
SELECT n, 1, 2 * n - 1, 2 * n, 3 + n % 80 / 10.0, :evidence, '2', 'open',
  1 / (1 + 2 ^ -(3 + n % 80 / 10.0)), ' family_name city given_name ', ' phone '
FROM generate_series(1, CAST(:items AS integer)) AS n""",
)


def fill(store: Store, contacts: int, items: int) -> None:
    """Fill an empty store in PostgreSQL: contacts, and possible matches among the first of them."""
    english = read_culture("en")
    rare = (start + end for start in english.starts for end in english.ends)
    values = {
        "contacts": contacts,
        "items": items,
        "batch": BATCH,
        "batches": -(-contacts // BATCH),
        "bad": BAD,
        "staff": STAFF,
        "evidence": EVIDENCE,
        "given": [*english.women, *english.men],
        "family": [*english.surnames, *rare],
        "words": list(COMPANY_WORDS),
    }
    with writing(store.engine) as connection:
        # Not asked row by row whether what it points to is there: it is.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in (PERSON, PEOPLE, *TABLES):
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), wanted)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
