"""The survivorship policy in force: kept in the store, so that anybody computes with the same."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, insert, select

from crm.bulk import next_id
from crm.steward_models import survivorship_policy
from crm.times import utc_now
from dedupe.survivorship import Group, SurvivorshipPolicy

__all__ = ["find_version", "policy_version", "put_in_force", "read_policy"]


def policy_version(policy: SurvivorshipPolicy) -> str:
    """Version of a policy: a hash of all it says."""
    return hashlib.sha256(_write(policy).encode()).hexdigest()[:12]


def read_policy(connection: Connection) -> SurvivorshipPolicy:
    """Read the policy in force; the shipped one where the store was never told another."""
    newest = select(survivorship_policy.c.content).order_by(survivorship_policy.c.id.desc())
    content = connection.scalar(newest.limit(1))
    return SurvivorshipPolicy() if content is None else _read(json.loads(content))


def find_version(connection: Connection) -> str:
    """Find the version of the policy in force."""
    newest = select(survivorship_policy.c.version).order_by(survivorship_policy.c.id.desc())
    return connection.scalar(newest.limit(1)) or policy_version(SurvivorshipPolicy())


def put_in_force(connection: Connection, policy: SurvivorshipPolicy) -> None:
    """Let a policy decide from now on; the contacts have to be computed again."""
    connection.execute(
        insert(survivorship_policy).values(
            id=next_id(connection, survivorship_policy),
            version=policy_version(policy),
            content=_write(policy),
            at=utc_now(),
        )
    )


def _write(policy: SurvivorshipPolicy) -> str:
    return json.dumps(asdict(policy), sort_keys=True, default=dict)


def _read(content: dict[str, Any]) -> SurvivorshipPolicy:
    groups = tuple(
        Group(each["name"], tuple(each["fields"]), tuple(each["whole"]))
        for each in content["groups"]
    )
    return SurvivorshipPolicy(
        order=tuple(content["order"]),
        orders={name: tuple(order) for name, order in content["orders"].items()},
        groups=groups,
        restrictive=tuple(content["restrictive"]),
    )
