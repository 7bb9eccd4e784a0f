"""Splink on DuckDB, from a CSV to clusters.

    python with_splink.py records.csv clusters.csv NAME [THRESHOLD]

NAME is a configuration of `splink_configurations`: train, predict, connected components. THRESHOLD
is the probability from which rows are joined, instead of the one of the configuration.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from csv_files import read_text, write_clusters
from splink import DuckDBAPI, Linker, SettingsCreator
from splink_configurations import CONFIGURATIONS
from splink_models import DEDUPE, Configuration


def main() -> None:
    """Write `row,cluster` for every row."""
    source, target, name, *threshold = sys.argv[1:]
    configuration = CONFIGURATIONS[name]()
    if threshold:
        configuration = replace(configuration, threshold=float(threshold[0]))
    connection = duckdb.connect()
    linker = _make_linker(configuration, _read_rows(Path(source), configuration, connection))
    _train(linker, configuration)
    pairs = linker.inference.predict(threshold_match_probability=configuration.threshold)
    joined = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=configuration.threshold
    )
    table = joined.query_sql("select row, cluster_id from {this} order by row").as_pyarrow_table()
    write_clusters(Path(target), table["row"].to_pylist(), table["cluster_id"].to_pylist())


def _read_rows(path: Path, configuration: Configuration, connection: Any) -> list[Any]:
    """The rows with their number, in one table, or one a source where sources are linked."""
    table = read_text(path)
    numbered = table.append_column("row", pa.array(range(table.num_rows)))
    rows = connection.from_arrow(numbered).project(configuration.columns)
    parts = {"prepared": rows}
    if configuration.link_type != DEDUPE:
        sources = sorted(table["source"].unique().to_pylist())
        parts = {f"source_{source}": rows.filter(f"source = '{source}'") for source in sources}
    for name, part in parts.items():
        part.create(name)
    api = DuckDBAPI(connection)
    return [api.register(name) for name in parts]


def _make_linker(configuration: Configuration, tables: list[Any]) -> Linker:
    settings = SettingsCreator(
        link_type=configuration.link_type,
        unique_id_column_name="row",
        comparisons=configuration.comparisons,
        blocking_rules_to_generate_predictions=configuration.blocking_rules,
        retain_matching_columns=False,  # for charts alone, and it costs memory
    )
    return Linker(tables, settings)


def _train(linker: Linker, configuration: Configuration) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        configuration.deterministic_rules, recall=configuration.recall
    )
    training.estimate_u_using_random_sampling(max_pairs=configuration.sampled_pairs)
    for rule in configuration.training_rules:
        training.estimate_parameters_using_expectation_maximisation(rule, **configuration.training)


if __name__ == "__main__":
    main()
