"""`coach metrics export`, `sql` and `compute`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.cli import catalog
from coach.export.catalog import registry
from coach.knowledge.base import Base
from coach.measuring import cut, dialects
from tests.cli.conftest import Coach

CSAT = {"event_name": "survey_answered", "event_at": "2026-01-01", "survey": "csat", "plan": "free"}


def test_the_help_names_what_the_modules_know() -> None:
    assert (catalog.TARGETS, catalog.DIALECTS, catalog.GRAINS) == (registry.NAMES, dialects.DIALECTS, cut.GRAINS)


def test_one_file_goes_to_standard_output_and_the_losses_beside_it(coach: Coach, base: Base) -> None:
    status, out, err = coach("metrics", "export", "--to", "json")
    assert status == 0
    assert [metric["id"] for metric in json.loads(out)["metrics"]] == list(base.metrics)
    assert err == f"coach: {len(base.metrics)} metrics exported to json, 0 left out\nevery field of them survives\n"


def test_an_export_goes_to_a_file_or_a_folder_and_replaces_nothing(coach: Coach, tmp_path: Path) -> None:
    call = ("metrics", "export", "--to", "json", "--select", "precision")
    assert coach(*call, "--out", str(tmp_path / "one.json")).status == 0
    assert coach(*call, "--out", str(tmp_path / "folder")).status == 0
    assert (tmp_path / "one.json").read_text() == (tmp_path / "folder" / "catalog.json").read_text()
    status, _, err = coach(*call, "--out", str(tmp_path / "folder"))
    assert (status, "--force" in err) == (2, True)
    assert coach(*call, "--out", str(tmp_path / "folder"), "--force").status == 0
    assert coach(*call, "--out", str(tmp_path / "one.json" / "x")).status == 2


def test_the_loss_report_is_data_too(coach: Coach, tmp_path: Path) -> None:
    call = ("metrics", "export", "--to", "json", "--select", "precision", "--json")
    report = coach(*call, "--out", str(tmp_path / "one.json")).data
    assert (report["target"], report["exported"], report["lost"]) == ("json", 1, [])
    assert coach(*call).status == 2


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["export", "--to", "jsno"], "unknown target 'jsno'; did you mean json?"),
        (["export", "--to", "json", "--select", "layer:x"], "unknown layer 'x'"),
        (["export", "--to", "json", "--events-table", "a b"], "--events-table: is no plain name"),
        (["export", "--to", "json", "--bom"], "--bom goes with --to csv only"),
        (["export", "--to", "skos", "--base-iri", "https://a b/", "--out", "x"], "is no address"),
        (
            ["export", "--to", "csv", "--dialect", "trino"],
            "--dialect goes with --to sql, growthbook and openmetadata only",
        ),
        (["sql", "precison"], "did you mean precision"),
        (["sql", "precision", "--dialect", "postgre"], "did you mean postgres"),
        (["sql", "feature-drift"], "events alone cannot give this number"),
        (["sql", "precision", "--by", "a b"], "is no field"),
        (["compute", "--events", "gone.csv"], "gone.csv: there is no such file"),
        (["compute", "--events", "x.csv", "--versus", "free"], "needs exactly one --by"),
    ],
)
def test_mistakes_are_told_in_a_line(argv: list[str], said: str, coach: Coach) -> None:
    status, out, err = coach("metrics", *argv)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_query_is_printed_for_the_teams_own_tables(coach: Coach) -> None:
    status, out, err = coach(
        *("metrics", "sql", "precision", "--dialect", "postgres", "--events-table", "raw.Events", "--by", "plan")
    )
    assert (status, err) == (0, "")
    assert 'FROM raw."Events"' in out
    assert "DOUBLE PRECISION" in out
    assert coach("metrics", "sql", "precision", "--json").data["dialect"] == "duckdb"
    assert "estimates the percentile" in coach("metrics", "sql", "latency-percentile", "--dialect", "bigquery").err


def test_metrics_are_computed_from_a_file(coach: Coach, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("".join(f"{json.dumps({**CSAT, 'score': score})}\n" for score in (5, 4, 3, 1)))
    status, out, err = coach("metrics", "compute", "--events", str(path))
    assert (status, err) == (0, "")
    row = next(line for line in out.splitlines() if line.startswith("customer-satisfaction"))
    assert row.split() == ["customer-satisfaction", "50.0%", "15.0%", "to", "85.0%", "4"]
    assert "NOT COMPUTED: " in out
    asked = ("metrics", "compute", "--events", str(path), "--metrics", "customer-satisfaction,recall")
    assert coach(*asked).status == 1
    data = coach(*asked, "--by", "plan", "--json").data
    assert data["computed"][0]["values"][0]["segment"] == {"plan": "free"}
    assert data["not_computed"][0]["reason"].startswith("no event label_recorded in the data")
