"""Holds scenarios/schema.json against the reader: every shipped scenario is valid, and of many broken forms of one
scenario the two refuse the same, wherever a schema can say why.

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


def places(value, path=()):
    """Every place of a document, the whole of it aside."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield path + (key,)
        yield from places(child, path + (key,))


def changed(path, change):
    document = copy.deepcopy(BASE)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    change(parent, path[-1])
    return document


def broken_forms():
    for path in places(BASE):
        yield f"{path} left out", changed(path, lambda parent, key: parent.__delitem__(key))
        for wrong in WRONG:
            yield f"{path} = {wrong!r}", changed(path, lambda parent, key: parent.__setitem__(key, wrong))
        if isinstance(path[-1], str):
            yield f"{path} misspelt", changed(path, lambda parent, key: parent.__setitem__(key + "x", parent.pop(key)))


def faults_by_file(program, files):
    """What the program says to each of the files, in one run of it."""
    run = subprocess.run([program, "check", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    faults = {}
    for line in run.stderr.splitlines():
        faults.setdefault(line.removeprefix("error: ").split(":")[0], []).append(line)
    return faults


def main(program, source):
    schema = json.loads((source / "scenarios/schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = [f"the base: {error.message}" for error in validator.iter_errors(BASE)]
    shipped = [path for path in source.glob("scenarios/**/*.json")
               if path.name != "schema.json" and "studies" not in path.parts and "sites" in path.read_text()]
    for path in shipped:
        document = json.loads(re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M))
        for error in validator.iter_errors(document):
            # What a base provides is missing in the file that extends it.
            if not ("extends" in document and error.validator == "required"):
                failures.append(f"{path}: {error.json_path}: {error.message}")

    forms = list(broken_forms())
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, (_, document) in enumerate(forms):
            files.append(f"{folder}/{number}.json")
            pathlib.Path(files[-1]).write_text(json.dumps(document))
        faults = faults_by_file(program, files)
    refused = 0
    for (what, document), file in zip(forms, files):
        said = faults.get(file, [])
        refused += bool(said)
        by_schema = list(validator.iter_errors(document))
        if by_schema and not said:
            failures.append(f"{what}: refused by the schema alone: {by_schema[0].json_path}: {by_schema[0].message}")
        if said and not by_schema and not all(BEYOND_A_SCHEMA.search(line) for line in said):
            failures.append(f"{what}: refused by the reader alone: {said[0]}")
    print(f"{len(shipped)} shipped scenarios, {len(forms)} forms, {refused} refused, {len(failures)} disagreements")
    print("\n".join(failures[:40]))
    return 1 if failures or refused < 100 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
