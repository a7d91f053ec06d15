"""Runs the program and hands back what it computes as pandas tables; holds no model of its own.

    import chokepoint
    result = chokepoint.run("yangquan.json", set={"/sites/0/facility_load": "40 MW"})
    result.figures["electricity_cost"]

A scenario or study is a path, or a file of the folder scenarios/. The program is that of $CHOKEPOINT_PROGRAM, else
./chokepoint of the repository. What it refuses is a ChokepointError with its own words.
"""

import contextlib
import dataclasses
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile

import pandas

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent


class ChokepointError(RuntimeError):
    """What the program says when it refuses or fails."""


@dataclasses.dataclass(frozen=True)
class Result:
    """A run: `figures` by their keys with units; `series` by date; `bills`, a row a site, month and line; `jobs`."""

    figures: pandas.Series
    series: pandas.DataFrame
    bills: pandas.DataFrame
    jobs: pandas.DataFrame


def call(*arguments):
    """What the program prints."""
    program = os.environ.get("CHOKEPOINT_PROGRAM") or REPOSITORY / "chokepoint"
    done = subprocess.run([program, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise ChokepointError(done.stderr.strip() or f"the program ended with code {done.returncode}")
    return done.stdout


def found(name):
    """The path of a scenario or study: as it is, else within scenarios/."""
    shipped = REPOSITORY / "scenarios" / name
    return shipped if shipped.exists() and not pathlib.Path(name).exists() else pathlib.Path(name)


def options(given):
    """{"seed": 3, "set": {"/sites/0/pue": 1.2}, "time_limit": None} as words of a command line."""
    words = []
    for name, value in given.items():
        option = "--" + name.replace("_", "-")
        if isinstance(value, dict):
            words += [word for at, setting in value.items() for word in (option, f"{at}={json.dumps(setting)}")]
        elif value is True:
            words.append(option)
        elif value is not None and value is not False:
            words += [option, value]
    return words


def run(scenario, set=None, seed=None):
    """Runs a scenario once; `set` changes settings by their JSON pointers."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        call("run", found(scenario), "--out", out, *options({"set": set, "seed": seed}))
        return Result(
            figures=pandas.Series(json.loads((out / "summary.json").read_text()), dtype=object),
            series=table(out / "series.csv", dates=["date"], index="date"),
            bills=table(out / "bills.csv"),
            jobs=table(out / "jobs.csv"),
        )


def replicates(scenario, count, set=None, seed=None):
    """Figures of a scenario, a row a replicate, each with draws of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        call("run", found(scenario), "--replicates", count, "--out", out, *options({"set": set, "seed": seed}))
        return table(out / "replicates.csv", index="replicate")


def compare(base, *others, replicates=None, set=None, seed=None):
    """What differs from the first scenario, a row a scenario and figure, on the same draws: means, the difference and its
    90 % interval."""
    return pandas.DataFrame(json.loads(call(
        "compare", found(base), *map(found, others), "--format", "json",
        *options({"replicates": replicates, "set": set, "seed": seed}))))


def sweep(study, out, resume=False, workers=None, time_limit=None, memory_limit=None):
    """Runs a study into the SQLite file `out`; its runs, a row a point and replicate. A study may be written out as a dict,
    whose scenario is then looked for as that of `run` is, and whose file is kept beside `out`."""
    file = found(study) if not isinstance(study, dict) else pathlib.Path(out).with_suffix(".json")
    if isinstance(study, dict):
        file.write_text(json.dumps({**study, "scenario": str(found(study["scenario"]).resolve())}, indent=1))
    call("sweep", file, "--out", out, *options({"resume": resume, "workers": workers, "time_limit": time_limit,
                                                "memory_limit": memory_limit}))
    return runs(out)


def runs(out):
    """The runs of a study's file."""
    with contextlib.closing(sqlite3.connect(out)) as database:
        return pandas.read_sql("SELECT * FROM runs ORDER BY point, replicate", database)


def table(file, dates=(), index=None):
    """A CSV file of a run; an empty table where the run had nothing to write there."""
    if not file.exists() or not file.read_text().strip():
        return pandas.DataFrame()
    return pandas.read_csv(file, parse_dates=list(dates), index_col=index, float_precision="round_trip")


def against(guess, answer, unit):
    """A reader's guess beside the answer, in a sentence."""
    if guess is None:
        return f"{answer:,.4g} {unit}. You made no guess: put a number in place of None above and run the cells again."
    side = "more" if answer > guess else "less"
    return f"You guessed {guess:,.4g} {unit}; it is {answer:,.4g} {unit}, {abs(answer / guess - 1):.0%} {side}."
