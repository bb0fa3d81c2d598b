"""The catalog as CSV, read by the csv module, and as queries, run by DuckDB."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from coach.export.catalog.registry import target
from coach.export.catalog.selection import Selection, select
from coach.export.catalog.target import Export, Options
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.dialects import DIALECTS
from coach.measuring.fields import events_read, one_table
from coach.measuring.layout import Layout
from tests.export.catalog.conftest import Answers, Expected

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(base: Base, query: str | None = None, *, bom: bool = False) -> str:
    return target("csv").render(Export(select(base, query), Options(bom=bom)))["metrics.csv"]


def changed(metric: Metric, **fields: object) -> Metric:
    return Metric.model_validate_json(json.dumps({**metric.model_dump(mode="json"), **fields}))


def test_each_metric_is_a_row_as_rfc_4180_has_it(base: Base) -> None:
    text = table(base)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [row["id"] for row in rows] == list(base.metrics)
    assert text.count("\n") == text.count("\r\n") == len(base.metrics) + 1
    for row, metric in zip(rows, base.metrics.values(), strict=True):
        assert row["name"] == metric.name
        assert row["countered_by"] == "; ".join(metric.countered_by)
        assert all(limit.source in row["thresholds"] for limit in metric.thresholds)
        assert (float(row["lowest"]) if row["lowest"] else None) == metric.range.min


def test_excels_mark_comes_first_on_wish_only(base: Base) -> None:
    plain, marked = table(base, "precision"), table(base, "precision", bom=True)
    assert marked == "\ufeff" + plain
    assert csv.DictReader(io.StringIO(marked.encode().decode("utf-8-sig"))).fieldnames is not None


def test_no_cell_is_a_formula_not_even_where_semicolons_part_cells(base: Base) -> None:
    hostile = changed(
        base.metrics["precision"],
        name="=HYPERLINK(1)",
        question="\t@SUM(1)\r\n=1",
        unit='a";=1+1;"b',
        aliases=["x", "+1", "-2;=3"],
        abbreviations=["@a", "=b"],
    )
    text = target("csv").render(Export(Selection((hostile,), base)))["metrics.csv"]
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.startswith(FORMULA)
    (read,) = csv.DictReader(io.StringIO(text, newline=""))
    assert read["aliases"] == "x; '+1; '-2;'=3"
    assert read["question"] == "'@SUM(1) =1"


def test_every_query_gives_the_value_on_the_sample(
    base: Base, computable: tuple[Metric, ...], answers: Answers, expected: Expected
) -> None:
    layout = one_table(events_read(computable, base.metrics)).layout
    files = target("sql").render(Export(select(base, None), Options(layout=layout)))
    queries = {path.split("/")[1].removesuffix(".sql"): text for path, text in files.items() if path.endswith(".sql")}
    assert queries.keys() == expected.keys()
    for id_, text in queries.items():
        assert answers(f"(SELECT value FROM (\n{text}))") == pytest.approx(expected[id_], rel=1e-9), id_


def test_the_index_leads_to_every_query(base: Base) -> None:
    files = target("sql").render(Export(select(base, "layer:agent"), Options(dialect="snowflake")))
    index = json.loads(files["index.json"])
    queries = {path for path in files if path.endswith(".sql")}
    assert index["dialect"] == "snowflake"
    assert {each["file"] for each in index["metrics"]} == queries
    assert set(re.findall(r"\]\((queries/[^)]+)\)", files["index.md"])) == queries
    for each in index["metrics"]:
        limits = each["metric_coach"].get("thresholds", [])
        assert [limit["source"] for limit in limits] == [limit.source for limit in base.metrics[each["id"]].thresholds]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_queries_are_in_the_chosen_dialect_over_the_teams_tables(dialect: str, base: Base) -> None:
    options = Options(dialect=dialect, layout=Layout(events_table="analytics.public_events"))
    text = target("sql").render(Export(select(base, "latency-percentile"), options))
    query = text["queries/latency-percentile.sql"]
    assert "analytics.public_events" in query
    assert ("APPROX_QUANTILES" in query) == (dialect == "bigquery")


def test_a_comment_stays_one(base: Base) -> None:
    hostile = changed(base.metrics["precision"], question="harmless?\nDROP TABLE events;\u2028--\r;")
    text = target("sql").render(Export(Selection((hostile,), base)))["queries/precision.sql"]
    assert "-- Precision: harmless? DROP TABLE events;" in text
    assert not any(line.startswith("DROP") for line in text.splitlines())
