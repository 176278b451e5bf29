"""Prints the table of ``docs/precision.md``: what the pack finds in popular packages, and how much of that is true.

    python scripts/precision.py > docs/precision.md

``docs/precision.toml`` names the packages of PyPI and npm with their versions, and says of the first findings of each rule
whether they are worth a reviewer's time. The packages are downloaded once, into the user's cache folder, and read but never
imported; those of npm need its client.
``--unjudged`` lists what was found among the first and not judged yet.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from prerequisites import CACHE

ROOT = Path(__file__).resolve().parent.parent
JUDGEMENTS = ROOT / "docs" / "precision.toml"
FOLDER = CACHE / "precision"
SAMPLE = 10
# Other people's code that comes along, what is meant to be bad, and what was made of the source.
LEFT_OUT = {"test", "tests", "testing", "_tests", "vendor", "_vendor"}
LEFT_OUT_OF_NPM = LEFT_OUT | {
    "__tests__",
    "spec",
    "fixtures",
    "node_modules",
    "dist",
    "build",
    "built",
    "umd",
    "browser",
    "bundles",
}
SCRIPTS = (".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx")
NOT_SOURCE = (".min.js", ".d.ts", ".d.cts", ".d.mts")
HEADER = """\
# Precision on real code

`python scripts/precision.py` writes this page. The pack ran over {packages} packages of PyPI ({files:,} Python files, without tests and
vendored code) and {npm_packages} of npm ({scripts:,} files of JavaScript and TypeScript, without what was built), which their authors
and linters had looked at before. Of each rule the first {sample} findings were looked at. *True* is
what does what the rule's message says, so that a reviewer wants to see it, even where the authors have reasons to
keep it. `docs/precision.toml` has every judgement.

What to hold against these numbers: one reader judged from the finding's line and a few around it (up to six for critical and
high, one or two for the others), without following values through the program, so some reasons are likely and not proved;
medium and low findings were judged by rule, with exceptions. The rules were tuned on these packages before, so other code
will show more noise. Where less was looked at than the sample, tuning brought up findings that nobody has judged.

| Severity | Found | Looked at | True |
|---|--:|--:|--:|
{totals}

| Rule | Severity, confidence | Found | Looked at | True | Why the others are not |
|---|---|--:|--:|--:|---|
{rows}

Packages of PyPI: {names}.

Packages of npm: {npm_names}.
"""


class Hit(NamedTuple):
    """One finding: its rule, how grave and how sure the rule is, and what its judgement is filed under."""

    rule: str
    severity: str
    confidence: str
    package: str
    place: str


Judgements = dict[str, dict[str, "bool | str"]]


def main(arguments: list[str]) -> int:
    """Print the page, or the findings that lack a judgement."""
    data = tomllib.loads(JUDGEMENTS.read_text(encoding="utf-8"))
    packages: list[str] = data["packages"]
    npm_packages: list[str] = data["npm-packages"]
    judged: Judgements = data["judged"]
    folders = [*map(unpacked, packages), *map(unpacked_npm, npm_packages)]
    hits = [hit for folder in folders for hit in found(folder)]
    samples = sampled(hits)
    if arguments == ["--unjudged"]:
        for hit in (hit for sample in samples.values() for hit in sample if judgement(judged, hit) is None):
            print(f"{hit.severity} {hit.package} {hit.place}")
        return 0
    counts: dict[str, int] = defaultdict(int)
    for hit in hits:
        counts[hit.rule] += 1
    ranked = sorted(samples, key=lambda rule: (_rank(samples[rule][0]), -counts[rule], rule))
    print(
        HEADER.format(
            packages=len(packages),
            npm_packages=len(npm_packages),
            files=sum(path.suffix == ".py" for folder in folders for path in folder.rglob("*.*")),
            scripts=sum(path.suffix in SCRIPTS for folder in folders for path in folder.rglob("*.*")),
            sample=SAMPLE,
            totals="\n".join(totals(hits, samples, judged)),
            rows="\n".join(row(samples[rule], counts[rule], judged) for rule in ranked),
            names=", ".join(package.replace("==", " ") for package in packages),
            npm_names=", ".join(package.replace("@", " ") for package in npm_packages),
        ),
        end="",
    )
    return 0


def unpacked(package: str) -> Path:
    """The folder with the Python files of ``name==version``, downloaded if it is not there yet."""
    folder = FOLDER / package
    if not folder.is_dir():
        downloads = FOLDER / "downloads" / package
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, "--dest", str(downloads), package], check=True)
        for wheel in downloads.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                for name in filter(_is_read, archive.namelist()):
                    archive.extract(name, folder)
    return folder


def unpacked_npm(package: str) -> Path:
    """The folder with the scripts of ``name@version``, downloaded if it is not there yet."""
    folder = FOLDER / package
    if not folder.is_dir():
        downloads = FOLDER / "downloads" / package
        downloads.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", package], cwd=downloads, check=True, capture_output=True)
        for archive in downloads.glob("*.tgz"):
            with tarfile.open(archive) as opened:
                read = [member for member in opened if member.isfile() and _is_read_of_npm(member.name)]
                opened.extractall(folder, read, filter="data")
    return folder


def _is_read_of_npm(name: str) -> bool:
    *folders, file = name.split("/")
    return file.endswith(SCRIPTS) and not file.endswith(NOT_SOURCE) and LEFT_OUT_OF_NPM.isdisjoint(folders)


def _is_read(name: str) -> bool:
    *folders, file = name.split("/")
    return file.endswith(".py") and LEFT_OUT.isdisjoint(folders)


def found(folder: Path) -> list[Hit]:
    """Every finding in a folder of a package, in the order of its files and lines."""
    command = [sys.executable, "-m", "secloop", "check", "--format", "json", "--fail-on", "never", "."]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
    findings: list[dict[str, Any]] = json.loads(answer.stdout)["findings"]
    return sorted(
        (
            Hit(
                each["rule_id"],
                each["severity"],
                each["confidence"],
                folder.name,
                f"{each['path']}:{each['start']['line']} {each['rule_id']}",
            )
            for each in findings
        ),
        key=lambda hit: (hit.place.rpartition(":")[0], int(hit.place.rpartition(":")[2].split()[0])),
    )


def sampled(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """The first findings of each rule, one of every package before a second of any."""
    queues: dict[str, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    for hit in hits:
        queues[hit.rule][hit.package].append(hit)
    return {
        rule: [
            hit
            for turn in range(max(map(len, of_rule.values())))
            for queue in of_rule.values()
            for hit in queue[turn : turn + 1]
        ][:SAMPLE]
        for rule, of_rule in queues.items()
    }


def judgement(judged: Judgements, hit: Hit) -> bool | str | None:
    """True, or why the finding is not worth a look; None where nobody has judged."""
    return judged.get(hit.package, {}).get(hit.place)


def row(sample: list[Hit], count: int, judged: Judgements) -> str:
    """A rule's line of the table."""
    first = sample[0]
    verdicts = [judgement(judged, hit) for hit in sample]
    reasons = dict.fromkeys(verdict for verdict in verdicts if isinstance(verdict, str))
    looked_at = sum(verdict is not None for verdict in verdicts)
    return (
        f"| `{first.rule}` | {first.severity}, {first.confidence} | {count} | {looked_at} "
        f"| {verdicts.count(True)} | {'; '.join(reasons)} |"
    )


def totals(hits: list[Hit], samples: dict[str, list[Hit]], judged: Judgements) -> list[str]:
    """The lines of the small table: one for each severity, worst first."""
    lines = []
    for severity in SEVERITIES:
        verdicts = [
            judgement(judged, hit)
            for sample in samples.values()
            for hit in sample
            if hit.severity == severity
        ]
        of_severity = sum(hit.severity == severity for hit in hits)
        looked_at = sum(verdict is not None for verdict in verdicts)
        lines.append(f"| {severity} | {of_severity} | {looked_at} | {verdicts.count(True)} |")
    return lines


SEVERITIES = ("critical", "high", "medium", "low")


def _rank(hit: Hit) -> int:
    return SEVERITIES.index(hit.severity)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
