"""goldenmatch as its README shows it: `dedupe_df`, nothing configured.

    python with_goldenmatch.py records.csv clusters.csv

Every column comes as text, as it does for the others; left to guess types, it would drop the
leading zeros of postal codes and phones.
"""

import sys
from pathlib import Path

import goldenmatch
from csv_files import read_text, write_clusters


def main() -> None:
    """Write `row,cluster` for every row."""
    source, target = map(Path, sys.argv[1:])
    table = read_text(source)
    result = goldenmatch.dedupe_df(table)
    clusters = list(range(-1, -table.num_rows - 1, -1))  # alone until a cluster says otherwise
    for label, cluster in result.clusters.items():
        for row in cluster["members"]:
            clusters[row] = label
    write_clusters(target, range(table.num_rows), clusters)


if __name__ == "__main__":
    main()
