"""Teacher-forced exact-trace check: one forward pass over held-out rows, no generation.

A row is right when the model's first choice equals every token to be learned. For wrong rows the first wrong token is
what matters: the table of these by family finds format faults in seconds. Must not know training.
"""

import json
from collections import Counter, defaultdict

import torch

from .batches import build_padded
from .layers import chunked_choice
from .vocabulary import Vocabulary

MICRO_TOKENS = 4096


def load_rows(check):
    """Rows of a JSONL file: {"tokens": [...], "loss": [...], "task": str, "cell": str}."""
    with open(check.rows, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return rows[: check.limit or None]


def check_rows(model, rows, tokenizer=None, faults=5):
    """{"right", "rows", "families": {task: {rows, right, tokens, tokensRight, cells, first: [...]}}}.

    `first` lists the most frequent first wrong tokens as {count, expected, got, context}.
    """
    vocabulary = Vocabulary(tokenizer) if tokenizer else None
    families = defaultdict(lambda: {"rows": 0, "right": 0, "tokens": 0, "tokensRight": 0, "cells": defaultdict(lambda: [0, 0])})
    first = defaultdict(Counter)
    example = {}
    order = sorted(range(len(rows)), key=lambda i: -len(rows[i]["tokens"]))
    at = 0
    while at < len(order):
        length = -(-len(rows[order[at]]["tokens"]) // 16) * 16
        group = order[at : at + max(1, MICRO_TOKENS // length)]
        at += len(group)
        for i, wrong in zip(group, _wrong_positions(model, [rows[i] for i in group])):
            row, learned = rows[i], sum(rows[i]["loss"][1:])
            family = families[row.get("task", "")]
            family["rows"] += 1
            family["right"] += not wrong
            family["tokens"] += learned
            family["tokensRight"] += learned - len(wrong)
            cell = family["cells"][row.get("cell", "")]
            cell[0] += 1
            cell[1] += not wrong
            if wrong:
                position, got = wrong[0]
                key = (row["tokens"][position], got)
                first[row.get("task", "")][key] += 1
                example.setdefault((row.get("task", ""), key), row["tokens"][max(0, position - 48) : position])
    show = (lambda tokens: vocabulary.text(tokens)) if vocabulary else (lambda tokens: str(tokens))
    for task, family in families.items():
        family["first"] = [
            {"count": count, "expected": show([expected]), "got": show([got]), "context": show(example[task, (expected, got)])}
            for (expected, got), count in first[task].most_common(faults)
        ]
        family["cells"] = {cell: {"rows": rows_, "right": right} for cell, (rows_, right) in sorted(family["cells"].items())}
    right = sum(family["right"] for family in families.values())
    return {"rows": len(rows), "right": right, "families": dict(sorted(families.items()))}


@torch.no_grad()
def _wrong_positions(model, rows):
    """For each row the [(position, token the model chose)] where its choice differs from a token to be learned."""
    documents = [(torch.tensor(row["tokens"]).numpy(), torch.tensor(row["loss"]).numpy()) for row in rows]
    batch = build_padded(documents, MICRO_TOKENS).to(next(model.parameters()).device)
    chosen = chunked_choice(*model.outputs(batch), model.dtype)
    wrong = [[] for _ in rows]
    bad = ((chosen != batch.targets) & (batch.weights > 0)).nonzero()[:, 0]
    for where, got in zip(batch.loss_at[bad].tolist(), chosen[bad].tolist()):
        wrong[where // batch.length].append((where % batch.length + 1, got))
    return wrong


def report(result):
    """The check as text for people."""
    lines = [f"exact traces {result['right']} of {result['rows']}"]
    for task, family in result["families"].items():
        lines.append(f"{task}: {family['right']}/{family['rows']} rows, {family['tokensRight'] / max(1, family['tokens']):.4f} of tokens")
        for cell, count in family["cells"].items():
            lines.append(f"    {cell}: {count['right']}/{count['rows']}")
        for fault in family["first"]:
            lines.append(f"    {fault['count']:4d} x expected {fault['expected']!r}, got {fault['got']!r} after …{fault['context'][-120:]!r}")
    return "\n".join(lines)
