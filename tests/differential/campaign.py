"""Compares the native engine with semgrep-core for as long as it is let: `make differential`.

First every rule that is written down runs on the fixtures, then generated rules on the code they were made of. Each
difference is printed reduced. The exit code is 1 if there was any.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from compared_engines import (
    Difference,
    Engine,
    Native,
    SemgrepCore,
    difference_kind,
    is_taint,
    is_well_formed,
    reason_against,
)
from generated_rules import Generated, RuleGenerator
from real_code import any_document, document, fixtures
from reduce_difference import reduced, report
from rule_corpus import all_rules, comparable

from secloop.model import Rule
from secloop.syntax.document import Document


@dataclass
class Tally:
    """What was compared so far, by feature of the rules."""

    rules: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    not_native: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    uncompared: int = 0

    def summary(self) -> str:
        """A table by feature, and why rules were not run natively."""
        lines = [f"{'feature':34} {'rules':>7} {'rule x file':>12} {'findings':>9} {'differ':>7}"]
        lines += [
            f"{feature:34} {self.rules[feature]:7} {self.pairs[feature]:12} {self.findings[feature]:9} "
            f"{self.differing[feature]:7}"
            for feature in sorted(self.rules)
        ]
        lines.append(f"differences by kind: {dict(self.kinds) or 'none'}")
        lines.append(
            f"not compared, as semgrep-core or the grammar reports an error: {self.uncompared:,} pairs"
        )
        for reason, count in self.not_native.most_common(40):
            lines.append(f"not native ({count}): {reason}")
        return "\n".join(lines)


class Campaign:
    """Runs batches of rules on batches of documents through both engines and keeps the tally."""

    def __init__(self, oracle: Engine, native: Engine) -> None:
        self.oracle = oracle
        self.native = native
        self.tally = Tally()

    def compare(self, rules: Sequence[Generated], documents: Sequence[Document]) -> Iterator[Difference]:
        """The differences of a batch, not reduced."""
        native: list[Generated] = []
        for each in rules:
            reason = reason_against(each.rule)
            if reason:
                self.tally.not_native[reason] += 1
            else:
                native.append(each)
        if not native:
            return
        asked = [each.rule for each in native]
        actual = self.native(asked, documents)
        expected = self.oracle(asked, documents)
        well_formed = [is_well_formed(each) for each in documents]
        for at, each in enumerate(native):
            features = {"all", *each.features}
            found = 0
            kinds: list[Difference] = []
            for place, text in enumerate(documents):
                theirs, ours = expected[at, place], actual[at, place]
                found += len(theirs.found)
                self.tally.uncompared += bool(theirs.failed) or not well_formed[place]
                kind = difference_kind(each.rule, theirs, ours, well_formed=well_formed[place])
                if kind is not None:
                    kinds.append(Difference(kind, each.rule, text, theirs, ours))
                    self.tally.kinds[kind] += 1
            for feature in features:
                self.tally.rules[feature] += 1
                self.tally.pairs[feature] += len(documents)
                self.tally.findings[feature] += found
                self.tally.differing[feature] += bool(kinds)
            yield from kinds


def written_batches(size: int = 40) -> Iterator[tuple[list[Generated], list[Document]]]:
    """The written rules on all fixtures."""
    rules = [Generated(rule, frozenset({_mode(rule)})) for rule in all_rules()]
    documents = [found for path in fixtures() if (found := document(path, 200_000)) is not None]
    for at in range(0, len(rules), size):
        yield rules[at : at + size], documents


def _mode(rule: Rule) -> str:
    return "written taint rules" if is_taint(rule) else "written search rules"


_DOCUMENTS = 4


def generated_batch(
    choice: random.Random,
    rules_each: int = 14,
    taint: float = 0.35,
    find: Callable[[random.Random], Document] = any_document,
) -> tuple[list[Generated], list[Document]]:
    """Rules generated from a few documents, and those documents.

    Args:
        taint: the part of rules that follow it.
        find: chooses a document.
    """
    documents = [find(choice) for _ in range(_DOCUMENTS)]
    rules: list[Generated] = []
    for number, each in enumerate(documents):
        generator = RuleGenerator(each, choice)
        made = (generator.rule(f"generated-{number}-{serial}", taint) for serial in range(rules_each))
        rules += [rule for rule in made if rule is not None]
    return rules, documents


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a campaign and print what it finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument(
        "--seed", type=int, default=None, help="of the first batch; by default another each time"
    )
    parser.add_argument("--no-written", action="store_true", help="generated rules only")
    parser.add_argument("--only-written", action="store_true", help="the written rules only")
    parser.add_argument(
        "--taint", type=float, default=0.35, help="the part of generated rules that follow taint"
    )
    parser.add_argument("--reduce", type=int, default=3, help="differences to reduce in a batch")
    parser.add_argument("--rounds", type=int, default=60, help="of candidates in a reduction")
    parser.add_argument(
        "--save", type=Path, default=None, help="where to append reduced differences as JSON lines"
    )
    options = parser.parse_args(arguments)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**9)
    end = time.monotonic() + options.minutes * 60
    campaign = Campaign(SemgrepCore(), Native())
    print(f"seed {seed}", flush=True)
    number = 0
    batches = _batches(
        seed, written=not options.no_written, generated=not options.only_written, taint=options.taint
    )
    for name, rules, documents in batches:
        number += 1
        shown: set[str] = set()
        for difference in campaign.compare(rules, documents):
            if difference.rule.id in shown or len(shown) >= options.reduce:
                continue
            shown.add(difference.rule.id)
            least = reduced(difference, campaign.oracle, campaign.native, rounds=options.rounds)
            text = f"=== {name}\n{report(least)}"
            print(text, flush=True)
            if options.save is not None:
                save(least, options.save)
        if number % 10 == 0 or shown:
            tally = campaign.tally
            print(
                f"[{name}] {tally.rules['all']:,} rules, {tally.pairs['all']:,} pairs, "
                f"{tally.findings['all']:,} findings, {tally.differing['all']:,} rules differ",
                flush=True,
            )
        if time.monotonic() > end:
            break
    print(campaign.tally.summary())
    return 1 if campaign.tally.differing["all"] else 0


def save(difference: Difference, path: Path) -> None:
    """Append a difference to a file from which ``saved`` reads it back."""
    hidden = {"languages", "severity", "message", "id"}
    rule = {key: value for key, value in difference.rule.definition.items() if key not in hidden}
    line = orjson.dumps({"rule": rule, "code": difference.document.text})
    with path.open("ab") as file:
        file.write(line + b"\n")


def saved(path: Path) -> list[tuple[Rule, Document]]:
    """The differences of a file that ``save`` wrote."""
    found: list[tuple[Rule, Document]] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        each = orjson.loads(line)
        found.append((comparable({"id": f"saved-{number}", **each["rule"]}), Document("a.py", each["code"])))
    return found


def _batches(
    seed: int, *, written: bool, generated: bool, taint: float
) -> Iterator[tuple[str, list[Generated], list[Document]]]:
    if written:
        for rules, documents in written_batches():
            yield "written rules", rules, documents
    while generated:
        yield (f"seed {seed}", *generated_batch(random.Random(seed), taint=taint))
        seed += 1


if __name__ == "__main__":
    sys.exit(main())
