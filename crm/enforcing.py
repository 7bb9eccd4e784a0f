"""Let another survivorship policy decide: every golden record is computed again."""

from typing import Final

from sqlalchemy import Connection, insert, select

from crm.bulk import next_id
from crm.models import contact, merge_event
from crm.policies import find_version, policy_version, put_in_force
from crm.recomputing import recompute
from crm.times import utc_now
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["enforce"]

AT_A_TIME: Final = 20_000


def enforce(connection: Connection, policy: SurvivorshipPolicy | None) -> None:
    """Put a policy in force, the shipped one where it is null; nothing to do where it is already.

    An event of the merge log says so. It keeps no golden records from before: they are computed
    by the policy from before, which the store keeps.
    """
    wanted = policy or SurvivorshipPolicy()
    if policy_version(wanted) == find_version(connection):
        return
    put_in_force(connection, wanted)
    connection.execute(
        insert(merge_event).values(
            id=next_id(connection, merge_event),
            kind="policy",
            at=utc_now(),
            actor="rule",
            policy_version=policy_version(wanted),
        )
    )
    last = 0
    while True:
        living = select(contact.c.id).where(contact.c.state == "live", contact.c.id > last)
        some = list(connection.scalars(living.order_by(contact.c.id).limit(AT_A_TIME)))
        if not some:
            return
        recompute(connection, some, policy=wanted)
        last = some[-1]
