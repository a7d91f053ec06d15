"""Fills a real file system with the store of a sweep: it stops with a message and a line to go on with, and that line,
once there is room, gives the rows of a sweep that was never stopped.

    full_disk_test.py PROGRAM

Mounts memory of its own, out of sight of all other programs; where the system forbids that, it says so and is skipped.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = "no file system may be mounted: skipped"
SMALL, LARGE = "1m", "64m"

SCENARIO = {
    "name": "site", "start": "2023-01-02", "duration": "2 d", "series_step": "5 min", "sites": [{"name": "s"}],
    "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 8,
                "workload": {"kind": "synthetic", "mean_interval": "1 h", "median_duration": "1 h"}}]}
# A run keeps some 30 kB, all of them twice what the file system holds.
STUDY = {
    "name": "fill", "scenario": "site.json", "outcomes": ["energy_mwh"], "series": ["power_w", "utilization_allocated"],
    "design": {"kind": "grid"},
    "parameters": [{"name": "pue", "at": "/sites/0/pue", "from": 1, "to": 2, "steps": 70}]}


def may_mount():
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


def mount(place, options):
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"{SKIPPED} ({done.stderr.strip()})")


def expect(holds, what, outcome):
    if not holds:
        sys.exit(f"expected {what}; exit {outcome.returncode}\n{outcome.stdout}{outcome.stderr}")


def fill(program):
    """The test itself, where mounts are out of sight."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        disk = folder / "disk"
        disk.mkdir()
        (folder / "site.json").write_text(json.dumps(SCENARIO))
        (folder / "study.json").write_text(json.dumps(STUDY))
        mount(disk, f"size={SMALL}")

        def run(*words):
            return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, check=False)

        def rows(store, table):
            exported = run("export", store, "--table", table)
            expect(exported.returncode == 0, f"the table {table}", exported)
            lines = [line.split(",") for line in exported.stdout.splitlines()]
            # Wall time and memory differ from run to run.
            kept = [i for i, name in enumerate(lines[0]) if name not in ("wall_s", "memory_bytes")]
            return [[line[i] for i in kept] for line in lines]

        whole = run("sweep", "study.json", "--out", "whole.sqlite")
        expect(whole.returncode == 0, "a sweep with room enough", whole)
        command = ["sweep", "study.json", "--out", "disk/fill.sqlite"]
        stopped = run(*command)
        expect(stopped.returncode == 1, "the exit code of a failure on a full disk", stopped)
        begin = "error: disk/fill.sqlite: database or disk is full: "
        expect(stopped.stderr.startswith(begin), f'"{begin}..."', stopped)
        expect(stopped.stdout == "", "nothing on standard output", stopped)
        report, advice = stopped.stderr.strip().removeprefix(begin).split("; ")
        expect(advice == "go on with the same command and --resume", "how to go on", stopped)
        done = int(report.split()[0])
        expect(report == f"{done} of 70 runs are done and stand in disk/fill.sqlite" and done < 70,
               "fewer than the 70 runs done", stopped)
        expect(len(rows("disk/fill.sqlite", "runs")) == 1 + done, "as many rows as are said to be done", stopped)

        still_full = run(*command, "--resume")
        expect(still_full.returncode == 1 and still_full.stderr.startswith(begin), "the same while it is full",
               still_full)
        mount(disk, f"remount,size={LARGE}")
        resumed = run(*command, "--resume")
        expect(resumed.returncode == 0, "the rest of the runs once there is room", resumed)
        for table in ("runs", "series"):
            expect(rows("disk/fill.sqlite", table) == rows("whole.sqlite", table),
                   f"the rows of an undisturbed sweep in {table}", resumed)
        print(f"{done} of 70 runs fitted; all rows are those of an undisturbed sweep")
        subprocess.run(["umount", str(disk)], check=False)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        fill(sys.argv[1])
    elif may_mount():
        sys.exit(subprocess.run(["unshare", "--mount", sys.executable, __file__, os.path.abspath(sys.argv[1]), "mounted"],
                                check=False).returncode)
    else:
        print(SKIPPED)
