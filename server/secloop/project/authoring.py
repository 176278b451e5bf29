"""What authors of a root's rules ask: which code a rule finds, and whether its tests pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from secloop.engine.analyze import analyze
from secloop.engine.cancel import Cancel
from secloop.model import Confidence, FileResult, Rule, RuleSet
from secloop.project.root import Check, Project
from secloop.rules.digest import ruleset_digest
from secloop.rules.pack import bundled_folder, is_rule_file
from secloop.rules.testing import Suite, SuiteReport, expectation, fixed_name, run_suites, target_names
from secloop.syntax.document import Document
from secloop.workspace.reading import read_document
from secloop.workspace.tree import DiskTree, Kind, Tree


class Complaint(Struct, frozen=True):
    """What a line of a rule's test file says and the rule does not do, or the other way round."""

    path: str
    line: int
    message: str
    rule_id: str = ""


class Tested(Struct, frozen=True):
    """A rule file with its tests, and what testing it showed."""

    suite: Suite
    report: SuiteReport

    def complaints(self) -> Iterator[Complaint]:
        """What is wrong, line by line of the test files."""
        report = self.report
        targets = {document.path: document for document in self.suite.targets}
        for miss in report.misses:
            path, rule = miss.target.path, miss.rule_id
            for line in miss.missing:
                yield Complaint(
                    path, line, f"{rule} does not find this, but its annotation says that it must", rule
                )
            for line in miss.unexpected:
                yield Complaint(
                    path, line, f"{rule} finds this, but no annotation `ruleid: {rule}` says so", rule
                )
        for path, rule in report.unknown:
            for line in sorted(_lines_about(targets[path], rule)):
                yield Complaint(path, line, f"there is no rule {rule} in {_name(report.rule_path)}", rule)
        for fix in report.fix_misses:
            words = f"the fixes do not make {_name(fix.fixed_path)} of this file:\n{fix.diff}"
            yield Complaint(fix.path, 1, words)
        for problem in report.problems:
            yield Complaint(problem.path, problem.line, problem.message)


def matches_of(project: Project, tree: Tree, rule: Rule, cancel: Cancel) -> Check:
    """Check the whole root for one rule alone, whether the policy selects it or not.

    Raises:
        Cancelled: if ``cancel`` was.
    """
    config = replace(project.config, select=(), ignore=(), min_confidence=Confidence.LOW)
    only = replace(project, config=config, ruleset=_of_rules(project.ruleset, [rule]))
    return only.check(tree=tree, cancel=cancel)


def tests_of(project: Project, rule: Rule) -> Suite | None:
    """The rule's file with the files on disk that test it; None where the rule's file is not on disk (yet).

    Raises:
        OSError: if its folder cannot be listed.
    """
    tree, path = DiskTree(project.root), rule.source.path
    if rule.source.origin == "bundled":
        folder, prefix = bundled_folder()
        tree, path = DiskTree(folder), path.removeprefix(f"{prefix}/")
    name = PurePosixPath(path)
    found = _suites(project, tree, "" if len(name.parts) == 1 else name.parent.as_posix(), {name.name})
    try:
        return next(found, None)
    except FileNotFoundError:
        return None


def run_rule_tests(project: Project, tree: Tree, paths: Collection[str], cancel: Cancel) -> list[Tested]:
    """Test the rule files that are at some paths, and those that files at some paths test.

    Raises:
        Cancelled: if ``cancel`` was.
        OSError: if their folders cannot be listed.
    """
    folders = sorted({path.rpartition("/")[0] for path in paths})
    found = [suite for folder in folders for suite in _suites(project, tree, folder) if _is_of(suite, paths)]
    tested = {suite.rule_path for suite in found}
    rules = [rule for rule in project.ruleset.rules if rule.source.path in tested]

    def run(documents: Sequence[Document], ruleset: RuleSet) -> Iterator[FileResult]:
        runner = project.engine.runner(project.config)
        return analyze(documents, ruleset, runner, cache=project.engine.cache, cancel=cancel)

    reports = run_suites(found, _of_rules(project.ruleset, rules), run, fixed)
    return [Tested(suite, report) for suite, report in zip(found, reports, strict=True)]


def _is_of(suite: Suite, paths: Collection[str]) -> bool:
    return suite.rule_path in paths or any(document.path in paths for document in suite.targets)


def _of_rules(ruleset: RuleSet, rules: Sequence[Rule]) -> RuleSet:
    kept = {rule.id for rule in rules}
    prefilters = {rule_id: formula for rule_id, formula in ruleset.prefilters.items() if rule_id in kept}
    return RuleSet(tuple(rules), (), ruleset_digest(rule.digest for rule in rules), prefilters)


def _suites(
    project: Project, tree: Tree, folder: str, wanted: Collection[str] | None = None
) -> Iterator[Suite]:
    """The rule files of a folder, or those that are wanted, with their tests."""
    names = [name for name, kind in tree.scan(folder).items() if kind is Kind.FILE]

    def read(name: str) -> Document | None:
        document = read_document(tree, f"{folder}/{name}" if folder else name, project.config)
        return document if isinstance(document, Document) else None

    for name in sorted(filter(is_rule_file, names)):
        if wanted is not None and name not in wanted:
            continue
        targets = {target: read(target) for target in target_names(name, names)}
        yield Suite(
            f"{folder}/{name}" if folder else name,
            tuple(document for document in targets.values() if document is not None),
            {
                document.path: made
                for target, document in targets.items()
                if document is not None
                and (beside := fixed_name(target, names)) is not None
                and (made := read(beside)) is not None
            },
        )


def fixed(document: Document, result: FileResult, ruleset: RuleSet) -> Document:
    """A document after the fixes of its matches, in order; one that overlaps an earlier one is left out."""
    from secloop.fixes.edits import Edit, apply, overlap
    from secloop.fixes.propose import Fix, propose

    edits: list[Edit] = []
    for match in result.matches:
        rule = ruleset.get(match.rule_id)
        fix = propose(document, match, rule) if rule is not None else None
        if isinstance(fix, Fix) and not overlap(edits, fix.edits):
            edits += fix.edits
    return apply(document, edits)


def _lines_about(document: Document, rule_id: str) -> frozenset[int]:
    said = expectation(document)
    kinds = (said.expected, said.forbidden, said.undecided)
    return frozenset().union(*(lines.get(rule_id, frozenset()) for lines in kinds))


def _name(path: str) -> str:
    return PurePosixPath(path).name
