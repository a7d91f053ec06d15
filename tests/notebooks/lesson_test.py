"""A lesson asks before it runs, is kept without outputs, runs from top to bottom, and prints the answers listed here,
which its text speaks of.

    lesson_test.py NOTEBOOK
"""

import pathlib
import re
import sys

ANSWERS = {
    # 64 MW x 8760 h x 0.45 CNY/kWh; the energy of Hubei's hours and the charge for 64 MW, 12 x 39 CNY/kW
    "01_first_run": ["252.3 million CNY", "379.2 million CNY", "349.2", "30.0", "5.518 per cent", "23.7 million CNY"],
    "02_reading_a_study": ["89.51 times", "5.662 times", "5 draws", "± 0.53 h on shared draws, ± 1.20 h", "9 runs",
                           "expected jobs that the first tenant's nodes can hold, found 384 GPUs"],
}


def faults_as_kept(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if any(cell.outputs or cell.execution_count is not None for cell in code):
        yield "expected no outputs in the file"
    asked = [name for cell in code for name in re.findall(r"^(guess_\w+) = None\b", cell.source, re.M)]
    answered = [name for cell in code for name in re.findall(r"against\((guess_\w+)", cell.source)]
    if len(asked) < 3 or asked != answered:
        yield f"expected at least three guesses, each answered in its turn, found {asked} and {answered}"


def printed(notebook):
    words = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            words += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    return "\n".join(words)


def main(path):
    try:
        import ipykernel  # noqa: F401
        import matplotlib  # noqa: F401
        import nbclient
        import nbformat
        import pandas  # noqa: F401
    except ImportError as missing:
        print(f"{missing.name} is not installed: skipped")
        return 0
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    faults = list(faults_as_kept(notebook))
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3",
                            resources={"metadata": {"path": str(path.parent)}}).execute()
    text = printed(notebook)
    faults += [f"expected \"{answer}\" among what it prints" for answer in ANSWERS[path.stem] if answer not in text]
    pictures = sum("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    print(f"{len(notebook.cells)} cells, {pictures} pictures", *faults, sep="\n")
    return 1 if faults or not pictures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
