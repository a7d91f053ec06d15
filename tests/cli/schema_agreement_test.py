"""Holds the schemas of scenarios and studies against their readers: every shipped file is valid, and of many broken forms
of one scenario and one study the two refuse the same, wherever a schema can say why.

    schema_agreement_test.py PROGRAM SOURCE_FOLDER
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

BASE = {
    "name": "a", "title": "b", "description": "c", "start": "2023-01-01", "duration": "2 d", "seed": 3,
    "currency": "CNY", "exchange_rates": {"USD": "7 CNY"}, "series_step": "1 h",
    "sites": [{
        "name": "s", "time_zone": "Asia/Shanghai", "pue": 1.2, "carbon": "china", "limit": "1 MW", "it_load": "5 kW",
        "facility_load": "3 kW", "on_limit": "slow", "climate": {"mean": "9 degC", "half_range": "12 degC"},
        "tariff": {"kind": "flat", "price": "0.4 CNY/kWh"},
        "customer": {"power_factor": 0.9, "basic_charge": "demand", "holidays": ["2023-01-01"]},
        "curtailments": [{"from": "2023-01-01", "until": "2023-01-02", "limit": "3 kW"}],
    }],
    "fleets": [{
        "name": "f", "site": "s", "server": "dgx-a100-80gb", "nodes": 4, "scheduler": "sjf", "placement": "best-fit",
        "power": "measured", "server_price": "900000 CNY",
        "workload": {"kind": "synthetic", "mean_interval": "5 min", "median_duration": "1 h", "log_sd": 0.5,
                     "sizes": [{"gpus": 1, "weight": 2}, {"gpus": 8, "weight": 1}], "jobs": 5},
    }, {
        "name": "t", "server": "dgx-a100-80gb", "nodes": 4, "site": "s",
        "workload": [{"kind": "training", "name": "w", "runs": [
            {"name": "a", "model": "llama2-7b", "gpus": 8, "tokens": 1e9, "batch": 64, "sequence": 2048,
             "framework": "NeMo", "precision": "bf16", "plan": "tp2 dp4 full zero1", "submit": "1 h",
             "deadline": "2023-02-01", "priority": 1},
            {"name": "b", "model": "llama2-7b", "gpus": [8, 16]}]}],
    }],
    "case": {"id": "x", "source": "y", "printed": [{"figure": "energy_mwh", "printed": "12", "value": 12.0}]},
}

STUDY = {
    "name": "a", "title": "b", "description": "c", "scenario": "base.json", "set": {"/sites/0/on_limit": "hold"},
    "parameters": [
        {"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 2, "scale": "log"},
        {"name": "nodes", "at": ["/fleets/0/nodes"], "from": 4, "to": 8, "whole": True, "steps": 2},
        {"name": "interval", "at": "/fleets/0/workload/mean_interval", "steps": 2,
         "distribution": {"kind": "normal", "mean": "1 h", "sd": "5 min", "low": "50 min", "high": "2 h"}},
        {"name": "policy", "at": "/fleets/0/scheduler", "choices": ["fifo", {"label": "s", "value": "sjf"}]},
        {"name": "tariff", "at": "/sites/0/tariff", "files": ["tariff.json", {"label": "x", "file": "tariff.json"}]}],
    "outcomes": ["energy_mwh", {"name": "bill", "figure": "electricity_cost"}],
    "design": {"kind": "grid"}, "replicates": 2, "seed": 3, "series": ["power_w"],
    "targets": [{"outcome": "energy_mwh", "value": 3, "tolerance": 1, "weight": 2, "source": "x"},
                {"outcome": "bill", "low": 1, "high": 2}],
}
DESIGNS = [{"kind": "list", "points": [{"pue": 1.2}, {"pue": 1.4}]}, {"kind": "latin-hypercube", "points": 4},
           {"kind": "sobol", "points": 4}, {"kind": "saltelli", "base": 4, "second_order": True},
           {"kind": "morris", "trajectories": 4, "levels": 4}]
DISTRIBUTIONS = [{"kind": "uniform", "low": "1 h", "high": "2 h"}, {"kind": "log-uniform", "low": "1 h", "high": "2 h"},
                 {"kind": "log-normal", "median": "1 h", "log_sd": 0.1},
                 {"kind": "triangular", "low": "1 h", "mode": "1 h", "high": "2 h"},
                 {"kind": "exponential", "mean": "1 h", "low": "1 min", "high": "1 d"},
                 {"kind": "weibull", "scale": "1 h", "shape": 2.0},
                 {"kind": "beta", "alpha": 2, "beta": 3, "low": "1 h", "high": "2 h"}]
# What a study names.
STUDY_FILES = {
    "base.json": {"name": "base", "start": "2023-01-02", "duration": "2 d", "currency": "CNY", "sites": [{"name": "s"}],
                  "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4, "workload": {
                      "kind": "synthetic", "mean_interval": "1 h", "median_duration": "1 h"}}]},
    "tariff.json": {"kind": "flat", "price": "0.4 CNY/kWh"}}

# Values that no field, or not this one, takes; a schema tells form and range, not dimension.
WRONG = [None, True, -1, 0, 0.5, 1e12, "", "x", "nan d", "-5 kW", [], [1], {}, {"x": 1}]

# What only the reader can know: other files and entries, dimensions, ranges of quantities, dates that do not exist,
# and rules between two values.
BEYOND_A_SCHEMA = re.compile(
    r"entry of catalogue|time zone of|such as \"|either the key|date that exists|code of a currency|codes of currencies"
    r"|the \"site\" of|jobs that the first|sizes with a weight|of different names|carbon intensity"
    r"|accounting currency|/exchange_rates|first tenant's nodes|or a time since|words such as tp8|known framework"
    r"|plan for|some plan divides|a plan that divides|ranks for|a format that|multiple of the|of a GPU's"
    r"|not before the scenario|makes progress|or a \"market\"")
# What only the reader of studies can know: files, units, ranges, names, and what the scenario takes.
BEYOND_A_STUDYS_SCHEMA = re.compile(
    r"of different names|name of letters|no column of every|no word of Python|a JSON pointer|a pointer to something"
    r"|a pointer into|an index from|nothing else sets|one of \"from\"|both \"from\"|the key \"at\"|the key \"steps\""
    r"|beside it|with its unit|more than \"|a number above 0|convert|a plain number, as|whole numbers|at least 2, the ends"
    r"|between \"low\"|from \"low\" to|either the keys|a \"low\" below|an outcome of the study|parameter of the study"
    r"|a value for \"|an even number|the key \"scenario\"|\(/|none, since|choices of different|/design/points/\d+/")


def places(value, path=()):
    """Every place of a document, the whole of it aside."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield path + (key,)
        yield from places(child, path + (key,))


def changed(base, path, change):
    document = copy.deepcopy(base)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    change(parent, path[-1])
    return document


def broken_forms(base):
    for path in places(base):
        yield f"{path} left out", changed(base, path, lambda parent, key: parent.__delitem__(key))
        for wrong in WRONG:
            yield f"{path} = {wrong!r}", changed(base, path, lambda parent, key: parent.__setitem__(key, wrong))
        if isinstance(path[-1], str):
            yield (f"{path} misspelt",
                   changed(base, path, lambda parent, key: parent.__setitem__(key + "x", parent.pop(key))))


def broken_studies():
    """Of the study itself, and of each kind of design and of distribution within a small one."""
    yield from broken_forms(STUDY)
    for design in DESIGNS:
        for what, broken in broken_forms({"design": design}):
            yield f"{design['kind']} {what}", STUDY | {"parameters": STUDY["parameters"][:1], "targets": STUDY["targets"][:1]} | broken
    for distribution in DISTRIBUTIONS:
        for what, broken in broken_forms({"distribution": distribution}):
            parameter = {"name": "interval", "at": "/fleets/0/workload/mean_interval", "steps": 2} | broken
            yield f"{distribution['kind']} {what}", STUDY | {"parameters": [parameter]}


def faults_by_file(program, files):
    """What the program says to each of the files, in one run of it."""
    run = subprocess.run([program, "check", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    faults = {}
    for line in run.stderr.splitlines():
        faults.setdefault(line.removeprefix("error: ").split(":")[0], []).append(line)
    return faults


def validator_of(path):
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def without_comments(path):
    return json.loads(re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M))


def shipped_faults(validator, paths):
    for path in paths:
        document = without_comments(path)
        for error in validator.iter_errors(document):
            # What a base provides is missing in the file that extends it.
            if not ("extends" in document and error.validator == "required"):
                yield f"{path}: {error.json_path}: {error.message}"


def disagreements(program, validator, forms, beyond, beside):
    """The forms that one of the two alone refuses, and how many the reader refuses; `beside` are files that they name."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in beside.items():
            pathlib.Path(folder, name).write_text(json.dumps(document))
        files = []
        for number, (_, document) in enumerate(forms):
            files.append(f"{folder}/{number}.json")
            pathlib.Path(files[-1]).write_text(json.dumps(document))
        faults = faults_by_file(program, files)
    failures = []
    for (what, document), file in zip(forms, files):
        said = faults.get(file, [])
        by_schema = list(validator.iter_errors(document))
        if by_schema and not said:
            failures.append(f"{what}: refused by the schema alone: {by_schema[0].json_path}: {by_schema[0].message}")
        if said and not by_schema and not all(beyond.search(line) for line in said):
            failures.append(f"{what}: refused by the reader alone: {said[0]}")
    return failures, sum(file in faults for file in files)


def main(program, source):
    scenarios = validator_of(source / "scenarios/schema.json")
    studies = validator_of(source / "scenarios/studies/schema.json")
    failures = [f"the base: {error.message}" for error in [*scenarios.iter_errors(BASE), *studies.iter_errors(STUDY)]]
    files = [path for path in source.glob("scenarios/**/*.json") if path.name != "schema.json"]
    of_studies = [path for path in files if "studies" in path.parts and "parameters" in path.read_text()]
    of_scenarios = [path for path in files if "studies" not in path.parts and "sites" in path.read_text()]
    failures += [*shipped_faults(scenarios, of_scenarios), *shipped_faults(studies, of_studies)]
    print(f"{len(of_scenarios)} shipped scenarios, {len(of_studies)} shipped studies")
    too_few = False
    for name, validator, forms, beyond, beside in (
            ("scenarios", scenarios, list(broken_forms(BASE)), BEYOND_A_SCHEMA, {}),
            ("studies", studies, list(broken_studies()), BEYOND_A_STUDYS_SCHEMA, STUDY_FILES)):
        found, refused = disagreements(program, validator, forms, beyond, beside)
        print(f"{len(forms)} forms of {name}, {refused} refused, {len(found)} disagreements")
        failures += found
        too_few = too_few or refused < 100
    print("\n".join(failures[:40]))
    return 1 if failures or too_few else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
