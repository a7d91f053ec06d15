"""A shipped study runs, and the tables of its section in scenarios/studies/README.md are what the SQL above each of them
gives.

    studies_test.py STUDY PROGRAM
"""

import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile


def section_of(study):
    page = (study.parent / "README.md").read_text()
    parts = re.split(r"^## ", page, flags=re.M)
    (section,) = [part for part in parts if part.startswith(f"`{study.name}`")]
    assert f"\n./chokepoint sweep scenarios/studies/{study.name}\n" in section, "expected the command that runs it"
    return section


def stated_tables(section):
    """Each query with the rows of cells of the table below it."""
    for query, table in re.findall(r"```sql\n(.*?)```\n+((?:\|[^\n]*\n)+)", section, re.S):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        yield query, [rows[0], *rows[2:]]


def main(study, program):
    tables = list(stated_tables(section_of(study)))
    assert tables, f"expected tables below queries in the section of {study.name}"
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.sqlite"
        subprocess.run([program, "sweep", study, "--out", out], check=True, stderr=subprocess.DEVNULL)
        database = sqlite3.connect(out)
        (unfinished,) = database.execute("SELECT count(*) FROM runs WHERE status <> 'done'").fetchone()
        assert not unfinished, f"{unfinished} runs are not done"
        for query, stated in tables:
            found = database.execute(query)
            rows = [[name for name, *_ in found.description], *([str(cell) for cell in row] for row in found)]
            if rows != stated:
                print(query, "gives", *(" | ".join(row) for row in rows), "where the page has",
                      *(" | ".join(row) for row in stated), sep="\n")
                return 1
        print(f"{len(tables)} tables as stated")
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]))
