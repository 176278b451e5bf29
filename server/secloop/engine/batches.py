"""Divides tasks into batches: few, since each pays a start, but enough to keep every processor busy."""

from __future__ import annotations

from collections.abc import Sequence

from secloop.engine.task import Task
from secloop.syntax.source import document_languages

_MOST_FILES = 60
_LEAST_BYTES = 60_000
_MOST_BYTES = 600_000
_ROUNDS = 4
"""Batches a job gets at least, where there is work enough, so that a slow one does not come last alone."""


def balanced(tasks: Sequence[Task], jobs: int) -> list[list[int]]:
    """Indexes of the tasks in batches, the biggest first.

    Documents of the same languages go together: a batch is given every rule that one of them needs.
    """
    sizes = [len(task.document.normalized.data) + 1_000 for task in tasks]
    limit = min(max(sum(sizes) // (jobs * _ROUNDS), _LEAST_BYTES), _MOST_BYTES)
    order = sorted(range(len(tasks)), key=lambda i: (document_languages(tasks[i].document), -sizes[i]))
    batches: list[list[int]] = []
    filled = 0
    languages: tuple[str, ...] = ()
    for index in order:
        own = document_languages(tasks[index].document)
        fits = filled + sizes[index] <= limit and len(batches[-1]) < _MOST_FILES if batches else False
        if not fits or own != languages:
            batches.append([])
            filled, languages = 0, own
        batches[-1].append(index)
        filled += sizes[index]
    return sorted(batches, key=lambda batch: -sum(sizes[i] for i in batch))
