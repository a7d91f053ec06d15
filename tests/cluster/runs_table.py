"""What the tables `runs` of studies hold.

    runs_table.py count FILE.sqlite              the number of runs
    runs_table.py compare FILE.sqlite OTHER...   whether all columns but wall time, memory and message are the same
"""

import sqlite3
import sys

VARYING = {"wall_s", "memory_bytes", "message"}


def table(path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(runs)") if name not in VARYING]
    words = ", ".join('"' + name.replace('"', '""') + '"' for name in columns)
    return columns, connection.execute(f"SELECT {words} FROM runs ORDER BY point, replicate").fetchall()


def compare(first, others):
    columns, rows = table(first)
    for other in others:
        other_columns, other_rows = table(other)
        if other_columns != columns:
            sys.exit(f"{other}: expected the columns {columns}, found {other_columns}")
        if len(other_rows) != len(rows):
            sys.exit(f"{other}: expected {len(rows)} runs, found {len(other_rows)}")
        for row, found in zip(rows, other_rows):
            if row != found:
                sys.exit(f"{other}: expected the run {row}, found {found}")
    print(f"{len(rows)} runs, {len(columns)} columns, equal in {1 + len(others)} files")


if __name__ == "__main__":
    if sys.argv[1] == "count":
        print(len(table(sys.argv[2])[1]))
    else:
        compare(sys.argv[2], sys.argv[3:])
