"""Answers about mail domains, kept in a small SQLite file; one that is damaged is done without."""

import sqlite3
import time
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from connectors.remote.mail_domains import Answer

# A domain that takes no mail may take some tomorrow.
KEEP_NO: Final = 86_400.0
BUSY: Final = 2.0  # seconds another process may hold the file
ANSWERS: Final = frozenset(("mail", "no_domain", "no_mail"))


def kept_answers(cache: Path | None, domains: Collection[str], keep: float) -> "dict[str, Answer]":
    """Return the answers that are no older than `keep` seconds, and those that say no a day."""
    if cache is None or not cache.is_file():
        return {}
    now = time.time()
    try:
        with closing(sqlite3.connect(cache, timeout=BUSY)) as file:
            rows: list[Any] = file.execute("SELECT domain, answer, asked FROM answer").fetchall()
    except (sqlite3.Error, OSError):
        return {}
    return {
        domain: answer
        for domain, answer, asked in rows
        if domain in domains
        and answer in ANSWERS
        and 0 <= now - asked <= (keep if answer == "mail" else min(keep, KEEP_NO))
    }


def keep_answers(cache: Path | None, answers: "Mapping[str, Answer]") -> None:
    """Keep answers with the time of now."""
    if cache is None or not answers:
        return
    now = time.time()
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(cache, timeout=BUSY)) as file, file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS answer "
                "(domain TEXT PRIMARY KEY, answer TEXT NOT NULL, asked REAL NOT NULL)"
            )
            file.executemany(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)",
                [(domain, said, now) for domain, said in answers.items()],
            )
    except (sqlite3.Error, OSError):
        return
