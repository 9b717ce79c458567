"""Runs the steps of a GitHub action and of a GitLab job as their runners do: their own lines, under bash."""

import os
import re
import subprocess

import yaml


class Ended(Exception):
    def __init__(self, status, said):
        super().__init__(f"ended with {status}:\n{said}")
        self.status = status
        self.said = said


def bash(text, folder, environment, options):
    ran = subprocess.run(
        ["bash", *options, "-c", text], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    if ran.returncode != 0:
        raise Ended(ran.returncode, ran.stdout)
    return ran.stdout


def action(path, inputs, folder, work, environment):
    """All steps of a composite action. Gives what they said, its outputs, and the actions it would use with their inputs."""
    stated = yaml.safe_load(path.read_text())
    values = {f"inputs.{name}": given.get("default", "") for name, given in stated["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in inputs.items()}

    def filled(text):
        """What stands between the braces: a value, or whether it is a certain word."""
        def value(match):
            name, _, word = match.group(1).partition(" == ")
            return str(values[name] == word.strip("'")).lower() if word else values[name]

        return re.sub(r"\$\{\{ (.*?) \}\}", value, text)

    said, used = "", []
    for number, step in enumerate(stated["runs"]["steps"]):
        if filled(step.get("if", "true")) != "true":
            continue
        if "uses" in step:
            used.append((step["uses"], {name: filled(text) for name, text in step["with"].items()}))
            continue
        assert "${{" not in step["run"], "an input within a script is run as a script"
        assert step["shell"] == "bash"
        files = {name: work / f"{name}-{number}" for name in ("GITHUB_OUTPUT", "GITHUB_PATH")}
        for file in files.values():
            file.touch()
        given = {name: filled(text) for name, text in step.get("env", {}).items()}
        own = {**environment, **given, **{name: str(file) for name, file in files.items()}, "RUNNER_TEMP": str(work)}
        said += bash(step["run"], folder, own, ["--noprofile", "--norc", "-e", "-o", "pipefail"])
        for line in files["GITHUB_OUTPUT"].read_text().splitlines():
            name, value = line.split("=", 1)
            values[f"steps.{step['id']}.outputs.{name}"] = value
        for line in files["GITHUB_PATH"].read_text().splitlines():
            environment = {**environment, "PATH": f"{line}:{environment['PATH']}"}
    outputs = {name: filled(given["value"]) for name, given in stated["outputs"].items()}
    return said, outputs, used


def job(path, name, variables, folder, environment):
    """The script of a GitLab job, in one shell. Gives what it said, and the files it keeps."""
    stated = yaml.safe_load(path.read_text())[name]
    kept = [os.path.join(folder, file) for file in stated["artifacts"]["paths"]]
    text = "\n".join(stated["script"])
    own = {**environment, **stated.get("variables", {}), **variables}
    return bash(text, folder, own, ["-e", "-o", "pipefail"]), kept
