"""One root with its rules and policy, and the verdict over it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from secloop.engine.analyze import analyze, analyze_each, needed
from secloop.engine.at_once import analyze_at_once, any_at_once, later
from secloop.engine.cancel import NEVER, Cancel
from secloop.engine.combined import CombinedRunner
from secloop.engine.task import Runner
from secloop.model import (
    FileResult,
    Finding,
    Lock,
    Match,
    PolicyChange,
    Problem,
    Rule,
    RuleSet,
    Verdict,
)
from secloop.policy.baseline import Baseline
from secloop.policy.evaluate import FileFindings, assemble, evaluate_file
from secloop.policy.selection import selected_rules
from secloop.project.engine import Engine
from secloop.project.options import Options, effective, today
from secloop.project.packs import accepted_packs
from secloop.project.scan import Progress, Scan, no_progress
from secloop.project.sources import baseline_of, rule_files
from secloop.rules.load import load_rules
from secloop.syntax.document import Document
from secloop.workspace import git
from secloop.workspace.config import load_config
from secloop.workspace.discovery import Discoverer, Discovery
from secloop.workspace.reading import unsaved
from secloop.workspace.settings import Config
from secloop.workspace.tree import OverlayTree, RevisionTree, Tree

if TYPE_CHECKING:
    # Only some checks prove fixes or compare revisions: these are imported when one does.
    from secloop.fixes.facts import Memory
    from secloop.fixes.prove import FixedDocument, Proof
    from secloop.policy.changes import Judged


_DEFAULTS = Options()


class Check(Struct, frozen=True):
    """A verdict with what a surface needs to show it or act on it.

    ``documents`` holds, by path, the text of every file with a finding, as it was when it was checked;
    ``nested_roots`` are folders below what was checked that are roots of their own.
    """

    project: Project
    verdict: Verdict
    files: tuple[FileFindings, ...]
    documents: Mapping[str, Document]
    nested_roots: tuple[str, ...] = ()


class Project(Struct, frozen=True, dict=True):
    """One root's rules and policy, loaded.

    Attributes:
        tree: the content that is checked.
        config: the effective configuration.
        ruleset: every rule that was loaded, selected or not.
        problems: what is wrong with the configuration or the baseline; each makes the verdict an error.
        file_baseline: the baseline that the configuration file names, whatever the options say.
        policy_revision: the commit that rules and policy come from (``policy_from``), else empty.
        own_policy: in that case the project under the content's own rules and policy.
        lock: what pins the packs from elsewhere, if there are any.
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
    own_policy: Project | None = None
    lock: Lock | None = None

    @classmethod
    def load(cls, tree: Tree, engine: Engine, options: Options = _DEFAULTS) -> Project:
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
        packs = accepted_packs(policy_tree, config)
        ruleset = load_rules([*files, *packs.files], engine.compiler, store=engine.cache)
        baseline, bad = baseline_of(policy_tree, config, options)
        return cls(
            tree=tree,
            engine=engine,
            options=options,
            config=config,
            ruleset=ruleset,
            baseline=baseline,
            problems=(*problems, *unreadable, *packs.problems, *bad),
            as_of=options.as_of or today(),
            file_baseline=file_baseline,
            lock=packs.lock,
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
    def _runner(self) -> Runner:
        return self.engine.runner(self.config)

    @cached_property
    def _typing_runner(self) -> CombinedRunner:
        return self.engine.typing_runner(self.config)

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
        (result,) = analyze(
            [document], self.active, self._typing_runner, cache=self.engine.cache, cancel=cancel
        )
        return self.judge(document, result)

    def runs_at_once(self, rule: Rule) -> bool:
        """Whether a rule runs in process, within the time between two keystrokes."""
        from secloop.engine.native.plan import NATIVE, plan

        return plan(rule).engine == NATIVE

    def later(self, document: Document) -> tuple[Rule, ...]:
        """The rules that a document needs and that do not run at once."""
        return later(document, self.active)

    def any_at_once(self, document: Document) -> bool:
        """Whether there are rules that might run at once."""
        return any_at_once(document, self.active)

    def evaluate_at_once(self, document: Document, *, cancel: Cancel = NEVER) -> FileFindings | None:
        """What the rules that run at once find in a document. Does no I/O.

        None if the text is one that only semgrep-core can cope with.

        Raises:
            Cancelled: if the token is cancelled.
        """
        result = analyze_at_once(document, self.active, self._typing_runner.native, cancel=cancel)
        return None if result is None else self.judge(document, result)

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
        progress: Progress = no_progress,
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
        scan = Scan(self, content, cancel)
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
            lock=self.lock,
        )
        return Check(self, verdict, tuple(scan.files), scan.documents, discovery.nested_roots)

    def _compare(self, content: Tree, scan: Scan, cancel: Cancel) -> _Comparison:
        if self.options.diff is None:
            return _Comparison()
        base = git.merge_base(self.root, self.options.diff)
        with RevisionTree(self.root, base) as tree:
            moved = self._renames(tree, content)
            files = scan.base_files(tree, moved, cancel)
        existing = tuple(finding for file in files for finding in file.findings)
        return _Comparison(existing, moved, base[:12], {"diff": base})

    def _policy_changes(
        self, content: Tree, paths: Sequence[str], scan: Scan, cancel: Cancel
    ) -> tuple[PolicyChange, ...]:
        """What the change did to its own judge, when the judge is a base revision."""
        if self.own_policy is None:
            return ()
        from secloop.policy.changes import policy_changes

        # Under its own excludes: what they leave out is what the change hides.
        discovery = self.own_policy.discoverer(content).discover(paths)
        own = Scan(self.own_policy, content, cancel)
        own.run(discovery.files, no_progress)
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

    def _judged(self, scan: Scan) -> Judged:
        from secloop.policy.changes import Judged

        findings = tuple(finding for file in scan.files for finding in file.findings)
        paths = frozenset(file.path for file in scan.files)
        problems = (*self.problems, *scan.problems)
        return Judged(self.ruleset, self.config, self.baseline, findings, paths, problems)


class _Comparison(Struct, frozen=True):
    existing: tuple[Finding, ...] | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    revision: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
