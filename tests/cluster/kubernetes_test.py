"""The manifests of scenarios/studies are whole and fit together, and what their pods are told to run, run here for each
index with a folder in the volume's place, gives the table of one process.

    kubernetes_test.py SOURCE_FOLDER PROGRAM
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import runs_table

try:
    import yaml
except ImportError:
    print("python3-yaml is not installed: skipped")
    sys.exit(0)

SOURCE, PROGRAM = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
STUDIES = SOURCE / "scenarios/studies"


def manifest(name):
    return {each["kind"]: each for each in yaml.safe_load_all((STUDIES / name).read_text())}


def pod_of(job):
    """The only container of a job, once what belongs together in its pod is seen to fit."""
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job"), job
    spec = job["spec"]["template"]["spec"]
    assert spec["restartPolicy"] in ("Never", "OnFailure"), spec["restartPolicy"]  # all that a job allows
    (container,) = spec["containers"]
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == set(volumes)
    assert all(isinstance(each["value"], str) for each in container.get("env", ()))
    (claim,) = (volume["persistentVolumeClaim"]["claimName"] for volume in volumes.values())
    return container, claim


def run(container, folder, **environment):
    """What the container runs, with its volume in a folder and the program on the path."""
    (mount,) = container["volumeMounts"]
    told = [word.replace(mount["mountPath"] + "/", f"{folder}/volume/") for word in container["command"] + container["args"]]
    values = {each["name"]: each["value"] for each in container.get("env", ())}
    path = f"{folder}/bin:{os.environ['PATH']}"
    subprocess.run(told, env={**os.environ, **values, "PATH": path, **environment}, check=True, stderr=subprocess.DEVNULL)


def main():
    shards = manifest("kubernetes-shards.yaml")
    job, claim = shards["Job"], shards["PersistentVolumeClaim"]
    container, claimed = pod_of(job)
    merge, merge_claimed = pod_of(manifest("kubernetes-merge.yaml")["Job"])
    values = {each["name"]: each["value"] for each in container["env"]}
    assert claim["metadata"]["name"] == claimed == merge_claimed
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    assert job["spec"]["completionMode"] == "Indexed" and merge["image"] == container["image"]
    assert str(job["spec"]["completions"]) == values["SHARDS"]
    assert (SOURCE / pathlib.Path(values["STUDY"]).relative_to("/chokepoint")).exists(), values["STUDY"]

    study = STUDIES / "price-by-pue.json"
    with tempfile.TemporaryDirectory() as folder:
        for name in ("bin", "volume"):
            pathlib.Path(folder, name).mkdir()
        pathlib.Path(folder, "bin/chokepoint").symlink_to(PROGRAM)
        # The first index twice, as after a pod that was lost at its end.
        for index in [*range(job["spec"]["completions"]), 0]:
            run(container, folder, STUDY=str(study), JOB_COMPLETION_INDEX=str(index))
        run(merge, folder)
        alone = f"{folder}/alone.sqlite"
        subprocess.run([PROGRAM, "sweep", study, "--out", alone], check=True, stderr=subprocess.DEVNULL)
        runs_table.compare(alone, [f"{folder}/volume/merged.sqlite"])


if __name__ == "__main__":
    main()
