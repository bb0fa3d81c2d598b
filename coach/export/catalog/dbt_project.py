"""What both generations of a dbt project share: its settings, its seed and its models."""

from __future__ import annotations

import json
from typing import Any

import yaml

from coach.export.catalog.dbt_events import MODEL, SEED, EventTable, model_sql, seed_csv
from coach.export.catalog.dbt_metrics import SPINE
from coach.export.catalog.losses import FIELDS, aside
from coach.export.catalog.selection import not_from_events
from coach.export.catalog.simple_parts import clash, snake
from coach.export.catalog.target import NAMESPACE, Export, Target
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import AT
from coach.measuring.fields import with_terms

PROJECT = "metric_coach"
CARRIES = {
    **dict.fromkeys(FIELDS, f"config.meta.{NAMESPACE}"),
    "id": f"name and config.meta.{NAMESPACE}",
    "name": "label",
    "question": "description",
}
"""dbt keeps free data with each metric, so nothing is lost."""
_OPENERS = ("{{", "{%", "{#")


class DbtTarget(Target):
    """A dbt project; the generations differ in how they write semantic models and metrics."""

    carries = CARRIES

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """Procedures have no SQL; what dbt would take for a template of its own is refused."""
        catalog = export.selection.catalog
        if reason := not_from_events(metric, catalog):
            return reason
        if name := clash(metric, catalog):
            return f"one of its parts would be called {name}, as another metric is"
        if any(opener in metric.formula.model_dump_json() for opener in _OPENERS):
            return "its formula holds what dbt takes for a template"
        return None

    def every(self, export: Export) -> tuple[Metric, ...]:
        """The metrics to write: those exported, after those that they are derived from."""
        return with_terms(self.exported(export), export.selection.catalog)


def common_files(metrics: tuple[Metric, ...], export: Export, built: EventTable) -> dict[str, str]:
    """Settings, seed and models."""
    return {
        "dbt_project.yml": _PROJECT_FILE,
        "profiles.yml": _PROFILES,
        "macros/real_number.sql": _REAL_NUMBER,
        f"seeds/{SEED}.csv": seed_csv(metrics, export.selection.catalog, built),
        "seeds/seeds.yml": as_yaml({"version": 2, "seeds": [_seed(built)]}),
        f"models/{MODEL}.sql": model_sql(built, export.options.layout),
        f"models/{SPINE}.sql": _SPINE_SQL,
        "README.md": _README.format(first=snake(metrics[0].id)),
    }


def meta(metric: Metric, target: Target) -> dict[str, Any]:
    """`config`, with all that dbt has no field for."""
    return {"meta": {NAMESPACE: {"id": metric.id, **aside(metric, target)}}}


def plain(data: Any) -> Any:
    """Data without anything that dbt would take for a template: a space parts the two signs."""
    if isinstance(data, str):
        for opener in _OPENERS:
            data = data.replace(opener, f"{opener[0]} {opener[1]}")
        return data
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    return [plain(value) for value in data] if isinstance(data, list) else data


def as_yaml(data: Any) -> str:
    """YAML in the order of the data."""
    # Through JSON, so that equal parts are written out and not tied together by anchors.
    text: str = yaml.dump(json.loads(json.dumps(data)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


class _Dumper(yaml.CSafeDumper):
    """Writes text of several lines as it is, below its key."""


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _seed(built: EventTable) -> dict[str, Any]:
    # Read as text and cast in the model: so that no system guesses types from made-up rows.
    types = dict.fromkeys(built.columns, _TEXT)
    return {
        "name": SEED,
        "description": "Made-up events, so that every metric answers at once. They say nothing about any product.",
        "config": {"column_types": types},
    }


_TEXT = "{{ 'string' if target.type in ('bigquery', 'databricks', 'spark') else 'varchar' }}"
"""The macros that name types are not known yet where seeds are described."""
_PROJECT_FILE = f"""name: {PROJECT}
version: 1.0.0
config-version: 2
profile: {PROJECT}
model-paths: [models]
seed-paths: [seeds]
macro-paths: [macros]
flags:
  send_anonymous_usage_stats: false
vars:
  # false: read your own tables, as models/{MODEL}.sql names them
  use_sample_events: true
models:
  {PROJECT}:
    +materialized: table
"""
_PROFILES = f"""{PROJECT}:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: {PROJECT}.duckdb
      threads: 1
"""
_REAL_NUMBER = """{% macro real_number() -%}
{%- if target.type == 'bigquery' -%} float64
{%- elif target.type in ('postgres', 'redshift', 'snowflake') -%} double precision
{%- else -%} double
{%- endif -%}
{%- endmacro %}
"""
_SPINE_SQL = f"""-- One row a day from the first event to the last.
with bounds as (
    select min(cast({AT} as date)) as first_day, max(cast({AT} as date)) as last_day
    from {{{{ ref('{MODEL}') }}}}
),

days as (
    {{{{ dbt.date_spine('day', "cast('2015-01-01' as date)", "cast('2040-01-01' as date)") }}}}
)

select cast(date_day as date) as date_day
from days
cross join bounds
where cast(date_day as date) between first_day and last_day
"""
_README = """# Metrics of the metric-coach catalog

A dbt project that answers at once, on made-up events:

    pip install 'dbt-core<1.12' dbt-duckdb dbt-metricflow 'update-checker<0.19'
    export DBT_PROFILES_DIR=.
    dbt --no-partial-parse build
    mf validate-configs
    mf query --metrics {first} --group-by event__plan

For your own events set `use_sample_events: false` in `dbt_project.yml`, look at `models/metric_events.sql`
and write the connection to your warehouse into `profiles.yml`.

What dbt has no field for (thresholds with their sources, counter-metrics, ways to game the number) stands with
each metric under `config.meta.metric_coach`.
"""
