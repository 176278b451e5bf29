"""One root with its rules and policy: what the command line and the language server both ask, and nothing else.

A project is a snapshot. It is loaded from a tree (disk, open buffers, git's index or a revision) and answers
for that policy and those rules until a new one is loaded. The surfaces differ only in the tree they pass.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from secloop.engine.analyze import NEVER, Cancel, analyze, analyze_each, needed
from secloop.engine.core import Core
from secloop.engine.semgrep import Limits, SemgrepCompiler, SemgrepRunner
from secloop.model import (
    Confidence,
    FileResult,
    Finding,
    Match,
    PolicyChange,
    Problem,
    ProblemKind,
    Rule,
    RuleSet,
    Severity,
    Skipped,
    Verdict,
)
from secloop.policy.baseline import NO_BASELINE, Baseline, read_baseline
from secloop.policy.evaluate import FileFindings, assemble, evaluate_file
from secloop.policy.selection import selected_rules
from secloop.rules.load import RuleFile, load_rules
from secloop.rules.pack import bundled_rules, is_rule_file
from secloop.syntax.document import Document
from secloop.syntax.source import release
from secloop.workspace import git
from secloop.workspace.cache import Cache
from secloop.workspace.config import load_config
from secloop.workspace.discovery import Discoverer, Discovery
from secloop.workspace.reading import read_document, unsaved
from secloop.workspace.roots import find_root
from secloop.workspace.settings import Config
from secloop.workspace.tree import Kind, OverlayTree, RevisionTree, TooLargeError, Tree, paths

if TYPE_CHECKING:
    # Only some checks prove fixes or compare revisions: these are imported when one does.
    from secloop.fixes.facts import Memory
    from secloop.fixes.prove import FixedDocument, Proof
    from secloop.policy.changes import Judged

REPO_RULES = ".secloop/rules"
DEFAULT_BASELINE = ".secloop/baseline.json"
_MAX_RULE_FILE = 1_000_000
_CHUNK_FILES = 2_000
_CHUNK_BYTES = 64_000_000

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Engine:
    """What all projects of a process share: semgrep-core, how many run at once, and what remembers results."""

    cache: Cache | None = None
    jobs: int | None = None
    core: Core = field(default_factory=Core)

    @cached_property
    def compiler(self) -> SemgrepCompiler:
        """Compiles rules."""
        return SemgrepCompiler(core=self.core)

    def runner(self, config: Config) -> SemgrepRunner:
        """Runs rules, with the patience that a configuration asks for."""
        limits = Limits(patient_rule_timeout=config.timeout, patient_max_memory_mb=config.max_memory)
        return SemgrepRunner(self.jobs, limits, core=self.core)


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may ask that changes the outcome: `check`'s flags and the options of `secloop/verdict`.

    None leaves to the configuration what it says. ``fail_on`` is a severity's name or ``never``. ``diff`` and
    ``policy_from`` are git revisions. ``baseline`` is a path relative to the root, or absolute. ``as_of`` is the UTC date on which waivers are judged, today if None.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_on: str | None = None
    min_confidence: str | None = None
    strict_parsing: bool | None = None
    baseline: str | None = None
    diff: str | None = None
    policy_from: str | None = None
    as_of: datetime.date | None = None


class OptionError(ValueError):
    """An option's word is not one of those it may be; the message says which are."""


def today() -> datetime.date:
    """The current UTC date: the only place where the clock enters a verdict (SPEC 4)."""
    return datetime.datetime.now(datetime.timezone.utc).date()


def effective(config: Config, options: Options) -> Config:
    """The configuration with the options that override it.

    Raises:
        OptionError: if an option's word is not one of those it may be.
    """
    changes: dict[str, Any] = {
        name: value
        for name in ("select", "ignore", "strict_parsing", "baseline")
        if (value := getattr(options, name)) is not None
    }
    if options.fail_on is not None:
        changes["fail_on"] = (
            None if options.fail_on == "never" else _word(Severity, options.fail_on, "fail-on")
        )
    if options.min_confidence is not None:
        changes["min_confidence"] = _word(Confidence, options.min_confidence, "min-confidence")
    return replace(config, **changes)


_Word = TypeVar("_Word", Severity, Confidence)


def _word(kind: type[_Word], word: str, what: str) -> _Word:
    for member in kind:
        if member.label == word.lower():
            return member
    known = ", ".join(member.label for member in reversed(list(kind)))
    raise OptionError(f"{what} cannot be {word!r}; it is one of {known}")


@dataclass(frozen=True)
class Check:
    """A verdict with what a surface needs to show it or act on it.

    ``documents`` holds, by path, the text of every file with a finding, as it was when it was checked;
    ``nested_roots`` are folders below what was checked that are roots of their own.
    """

    project: Project
    verdict: Verdict
    files: tuple[FileFindings, ...]
    documents: Mapping[str, Document]
    nested_roots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """One root's rules and policy, loaded.

    Attributes:
        tree: the content that is checked.
        config: the effective configuration.
        ruleset: every rule that was loaded, selected or not.
        problems: what is wrong with the configuration or the baseline; each makes the verdict an error.
        file_baseline: the baseline that the configuration file names, whatever the options say.
        policy_revision: the commit that rules and policy come from (``policy_from``), else empty.
        own_policy: in that case the project under the content's own rules and policy.
    """

    tree: Tree
    engine: Engine
    options: Options
    config: Config
    ruleset: RuleSet
    baseline: Baseline
    problems: tuple[Problem, ...]
    as_of: datetime.date
    file_baseline: str = ""
    policy_revision: str = ""
    own_policy: Project | None = field(default=None, repr=False)

    @classmethod
    def load(cls, tree: Tree, engine: Engine, options: Options = Options()) -> Project:
        """Load the rules and policy of a tree's root, or of a base revision of it.

        Raises:
            OptionError: if an option's word is not one of those it may be.
            GitError: if the revision of ``policy_from`` cannot be read.
        """
        if options.policy_from is None:
            return cls._loaded(tree, tree, engine, options)
        revision = git.resolve(tree.root, options.policy_from)
        with RevisionTree(tree.root, revision) as policy_tree:
            base = cls._loaded(tree, policy_tree, engine, options)
        own = cls._loaded(tree, tree, engine, options)
        return replace(base, policy_revision=revision, own_policy=own)

    @classmethod
    def _loaded(cls, tree: Tree, policy_tree: Tree, engine: Engine, options: Options) -> Project:
        config, problems = load_config(policy_tree)
        file_baseline = config.baseline
        config = effective(config, options)
        files, unreadable = rule_files(policy_tree, config)
        ruleset = load_rules(files, engine.compiler, store=engine.cache)
        baseline, bad = _read_baseline(policy_tree, config, options)
        return cls(
            tree=tree,
            engine=engine,
            options=options,
            config=config,
            ruleset=ruleset,
            baseline=baseline,
            problems=(*problems, *unreadable, *bad),
            as_of=options.as_of or today(),
            file_baseline=file_baseline,
        )

    @property
    def root(self) -> Path:
        """The root's absolute path."""
        return self.tree.root

    @cached_property
    def active(self) -> RuleSet:
        """The rules that run: those that the policy selects."""
        return selected_rules(self.ruleset, self.config)

    @cached_property
    def _runner(self) -> SemgrepRunner:
        return self.engine.runner(self.config)

    def discoverer(self, tree: Tree | None = None) -> Discoverer:
        """Decides which files of a tree (the project's own by default) are checked under this policy."""
        return Discoverer(tree or self.tree, self.config)

    def needed(self, document: Document) -> tuple[Rule, ...]:
        """The rules that can match a document: pure and fast; none means that no engine need start."""
        return needed(document, self.active)

    def analyze(
        self,
        documents: Sequence[Document],
        *,
        cancel: Cancel = NEVER,
        done: Callable[[int], None] | None = None,
        cached: bool = True,
    ) -> Iterator[FileResult]:
        """What the active rules find in documents, before policy; in any order.

        Raises:
            Cancelled: if ``cancel`` was.
        """
        cache = self.engine.cache if cached else None
        return analyze(documents, self.active, self._runner, cache=cache, cancel=cancel, done=done)

    def judge(self, document: Document, result: FileResult) -> FileFindings:
        """The findings of a document under this policy."""
        return evaluate_file(document, result, self.ruleset, self.config, self.as_of, baseline=self.baseline)

    def evaluate(self, document: Document, *, cancel: Cancel = NEVER) -> FileFindings:
        """Analyse and judge one document.

        Raises:
            Cancelled: if ``cancel`` was.
        """
        (result,) = self.analyze([document], cancel=cancel)
        return self.judge(document, result)

    def prove(
        self, document: Document, matches: Sequence[Match], *, cancel: Cancel = NEVER
    ) -> Mapping[Match, Proof]:
        """Which of these matches of a document have a fix that works (SPEC 10); remembered by text.

        Raises:
            Cancelled: if ``cancel`` was.
        """
        from secloop.fixes.prove import prove

        return prove(document, matches, self.active, self._analyse(cancel), memory=self._memory)

    def fix_all(
        self, document: Document, matches: Sequence[Match], *, cancel: Cancel = NEVER
    ) -> FixedDocument:
        """The document with every one of these matches fixed whose fix is proved.

        Raises:
            Cancelled: if ``cancel`` was.
        """
        from secloop.fixes.prove import fix_all

        return fix_all(document, matches, self.active, self._analyse(cancel), memory=self._memory)

    @cached_property
    def _memory(self) -> Memory:
        from secloop.fixes.facts import Memory

        return Memory()

    def _analyse(self, cancel: Cancel) -> Callable[[Sequence[Document]], Sequence[FileResult]]:
        def analyse(documents: Sequence[Document]) -> Sequence[FileResult]:
            cache = self.engine.cache
            return analyze_each(documents, self.active, self._runner, cache=cache, cancel=cancel)

        return analyse

    def check(
        self,
        paths: Sequence[str] = (),
        *,
        tree: Tree | None = None,
        cancel: Cancel = NEVER,
        progress: Progress = _no_progress,
    ) -> Check:
        """The verdict over the root, or over what lies at some paths relative to it.

        Args:
            tree: other content than the one this project was loaded from, such as newer open buffers.

        Raises:
            Cancelled: if ``cancel`` was.
            GitError: if a revision cannot be read.
        """
        content = tree or self.tree
        discovery = self.discoverer(content).discover(paths)
        scan = _Scan(self, content, cancel)
        scan.run(discovery.files, progress)
        scan.problems += discovery.problems
        comparison = self._compare(content, scan, cancel)
        verdict = assemble(
            str(self.root),
            scan.files,
            ruleset=self.ruleset,
            config=self.config,
            as_of=self.as_of,
            semgrep_core=self.engine.compiler.version,
            skipped=(*discovery.skipped, *scan.skipped),
            problems=(*self.problems, *scan.problems),
            unsaved=unsaved(content) if isinstance(content, OverlayTree) else (),
            baseline=self.baseline,
            existing=comparison.existing,
            renames=comparison.renames,
            revision=comparison.revision,
            policy_changes=self._policy_changes(content, paths, scan, cancel),
            whole=not paths,
            options=comparison.options,
        )
        return Check(self, verdict, tuple(scan.files), scan.documents, discovery.nested_roots)

    def _compare(self, content: Tree, scan: _Scan, cancel: Cancel) -> _Comparison:
        if self.options.diff is None:
            return _Comparison()
        base = git.merge_base(self.root, self.options.diff)
        with RevisionTree(self.root, base) as tree:
            moved = self._renames(tree, content)
            files = scan.base_files(tree, moved, cancel)
        existing = tuple(finding for file in files for finding in file.findings)
        return _Comparison(existing, moved, base[:12], {"diff": base})

    def _policy_changes(
        self, content: Tree, paths: Sequence[str], scan: _Scan, cancel: Cancel
    ) -> tuple[PolicyChange, ...]:
        """What the change did to its own judge, when the judge is a base revision."""
        if self.own_policy is None:
            return ()
        from secloop.policy.changes import policy_changes

        # Under its own excludes: what they leave out is what the change hides.
        discovery = self.own_policy.discoverer(content).discover(paths)
        own = _Scan(self.own_policy, content, cancel)
        own.run(discovery.files, _no_progress)
        own.problems += discovery.problems
        with RevisionTree(self.root, self.policy_revision) as tree:
            moved = self._renames(tree, content)
            before = scan.base_files(tree, moved, cancel)
            new_roots = self._new_roots(tree, discovery)
        changes = policy_changes(
            self._judged(scan),
            self.own_policy._judged(own),
            before=before,
            after=scan.files,
            renames=moved,
        )
        return (*changes, *new_roots)

    def _new_roots(self, base: RevisionTree, discovery: Discovery) -> list[PolicyChange]:
        """Folders that the change makes roots of their own, out of reach of this root's rules and policy."""
        known = self.discoverer(base).discover().nested_roots
        message = "the folder is a root of its own now, with its own rules and policy"
        return [
            PolicyChange("policy", f"{folder}/", 0, message)
            for folder in discovery.nested_roots
            if folder not in known
        ]

    def _renames(self, before: RevisionTree, content: Tree) -> Mapping[str, str]:
        """Old path of each file that was moved, over the whole root: a part of it would look like moves."""
        from secloop.workspace.renames import renames

        old = self.discoverer(before).discover()
        return renames(before, old.files, content, self.discoverer(content).discover().files)

    def _judged(self, scan: _Scan) -> Judged:
        from secloop.policy.changes import Judged

        findings = tuple(finding for file in scan.files for finding in file.findings)
        paths = frozenset(file.path for file in scan.files)
        problems = (*self.problems, *scan.problems)
        return Judged(self.ruleset, self.config, self.baseline, findings, paths, problems)


@dataclass(frozen=True)
class _Comparison:
    existing: tuple[Finding, ...] | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    revision: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


class _Scan:
    """Reads and evaluates files in chunks, so that a large tree is never in memory as a whole."""

    def __init__(self, project: Project, tree: Tree, cancel: Cancel) -> None:
        self._project = project
        self._tree = tree
        self._cancel = cancel
        self.files: list[FileFindings] = []
        self.documents: dict[str, Document] = {}
        self.skipped: list[Skipped] = []
        self.problems: list[Problem] = []

    def run(self, files: Sequence[str], progress: Progress) -> None:
        """Evaluate every file, or say why not."""
        finished = 0

        def advance(count: int) -> None:
            nonlocal finished
            finished += count
            progress(finished, len(files))

        for chunk in self._chunks(files, advance):
            documents = {document.path: document for document in chunk}
            for result in self._project.analyze(chunk, cancel=self._cancel, done=lambda _: advance(1)):
                document = documents[result.path]
                found = self._project.judge(document, result)
                self.files.append(found)
                release(document)
                if found.findings:
                    self.documents[document.path] = document

    def _chunks(self, files: Sequence[str], advance: Callable[[int], None]) -> Iterator[list[Document]]:
        chunk: list[Document] = []
        size = 0
        for path in files:
            self._cancel.check()
            document = read_document(self._tree, path, self._project.config)
            if isinstance(document, Document):
                chunk.append(document)
                size += len(document.text)
            else:
                (self.skipped if isinstance(document, Skipped) else self.problems).append(document)  # type: ignore[arg-type]
                advance(1)
            if len(chunk) >= _CHUNK_FILES or size >= _CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def base_files(self, base: RevisionTree, moved: Mapping[str, str], cancel: Cancel) -> list[FileFindings]:
        """The old versions of the files that were checked, under the same rules and policy."""
        unchanged: list[FileFindings] = []
        changed: dict[str, Document] = {}
        for file in self.files:
            old = moved.get(file.path, file.path)
            if old not in base.entries or old in changed:
                continue
            document = read_document(base, old, self._project.config)
            if not isinstance(document, Document):
                continue  # It was binary, too large or undecodable: nothing was found in it.
            if document.hash == file.hash and old == file.path:
                unchanged.append(file)
            else:
                changed[old] = document
        results = self._project.analyze(list(changed.values()), cancel=cancel)
        return unchanged + [self._project.judge(changed[result.path], result) for result in results]


def rule_files(tree: Tree, config: Config) -> tuple[list[RuleFile], list[Problem]]:
    """The rule files of a root: the bundled pack, ``.secloop/rules`` and what the configuration names."""
    files = list(bundled_rules()) if config.bundled_rules else []
    problems: list[Problem] = []
    seen: set[str] = set()
    for place in (REPO_RULES, *config.rules):
        for path in _rule_paths(tree, place.strip("/"), problems, required=place != REPO_RULES):
            if path in seen:
                continue
            seen.add(path)
            try:
                # One byte more than allowed, so that the loader sees that it is too large and says so.
                files.append(RuleFile(path, tree.read(path, _MAX_RULE_FILE + 1), "repo"))
            except TooLargeError:
                problems.append(Problem(ProblemKind.RULE, "the rule file is larger than 1 MB", path))
            except OSError as error:
                problems.append(Problem(ProblemKind.RULE, f"cannot be read: {error.strerror}", path))
    return files, problems


def _rule_paths(tree: Tree, place: str, problems: list[Problem], *, required: bool) -> list[str]:
    folder, _, name = place.rpartition("/")
    try:
        kind = tree.scan(folder).get(name)
        if kind is Kind.FOLDER:
            return [path for path in paths(tree, place) if is_rule_file(path)]
    except FileNotFoundError:
        kind = None
    except OSError as error:
        problems.append(Problem(ProblemKind.RULE, f"cannot be read: {error.strerror}", place))
        return []
    if kind is Kind.FILE:
        return [place]
    if kind is not None or required:
        what = "is not a file or folder" if kind else "does not exist"
        problems.append(
            Problem(ProblemKind.RULE, f"the configuration names rules here, but it {what}", place)
        )
    return []


def _read_baseline(tree: Tree, config: Config, options: Options) -> tuple[Baseline, tuple[Problem, ...]]:
    if not config.baseline:
        return NO_BASELINE, ()
    given = Path(options.baseline or "")
    try:
        # An absolute path can only come from a caller: a configuration's path is read through the tree,
        # which never leaves the root.
        data = given.read_bytes() if given.is_absolute() else tree.read(config.baseline)
        return read_baseline(config.baseline, data)
    except OSError as error:
        message = f"the baseline cannot be read: {error.strerror or error}; write it with --write-baseline"
        return NO_BASELINE, (Problem(ProblemKind.POLICY, message, config.baseline),)


def by_root(places: Sequence[Path], current: Path) -> dict[Path, list[str]]:
    """Paths grouped by the root they belong to, relative to it; a root itself gives no path: all of it."""
    grouped: dict[Path, list[str]] = {}
    for place in places:
        absolute = Path(os.path.normpath(current / place))
        root = find_root(absolute, current)
        try:
            relative = absolute.relative_to(root).as_posix()
        except ValueError:
            root, relative = absolute.parent, absolute.name
        grouped.setdefault(root, []).append(relative)
    return {root: [] if "." in relative else relative for root, relative in grouped.items()}


def check_roots(
    places: Mapping[Path, Sequence[str]],
    load: Callable[[Path], Project],
    *,
    cancel: Cancel = NEVER,
    progress: Progress = _no_progress,
) -> list[Check]:
    """Check several roots, and every root nested in what is checked, each with its own verdict.

    Args:
        places: paths relative to each root; an empty list stands for the whole root.
        load: makes the project of a root.

    Raises:
        Cancelled: if ``cancel`` was.
        GitError: if git is needed and fails.
    """
    pending = dict(places)
    checks: dict[Path, Check] = {}
    while pending:
        root, paths = pending.popitem()
        check = load(root).check(paths, cancel=cancel, progress=progress)
        checks[root] = check
        for nested in check.nested_roots:
            inner = root / nested
            if inner not in checks:
                pending[inner] = []
    return [checks[root] for root in sorted(checks)]
