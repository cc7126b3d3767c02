"""A training loop as people write it: one process, random batches padded to the longest, bf16 autocast, AdamW.

python3 plain_train.py SPEC.json; SPEC: {model, shards, documents (of a step), rows (of a forward pass), steps, warmup,
threads, learningRate, seed}. Prints {"tokensPerSecond"}: real tokens of the steps after `warmup`, over their time.
"""

import glob
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from plain_model import Decoder


def load_documents(folder):
    """[(tokens, loss)] of a folder of token shards."""
    documents = []
    for path in sorted(glob.glob(os.path.join(folder, "*.tokens.npy"))):
        stem = path[: -len(".tokens.npy")]
        tokens, loss, offsets = np.load(path), np.load(stem + ".loss.npy"), np.load(stem + ".documents.npy")
        documents += [(tokens[a:b].astype(np.int64), loss[a:b]) for a, b in zip(offsets[:-1], offsets[1:])]
    return documents


def batch_of(documents):
    """(tokens [B, T], real [B, T], labels [B, T] with -100 where nothing is learned)."""
    length = max(len(tokens) for tokens, _ in documents)
    tokens, labels = np.zeros((len(documents), length), np.int64), np.full((len(documents), length), -100)
    real = np.zeros((len(documents), length), bool)
    for row, (text, loss) in enumerate(documents):
        tokens[row, : len(text)], real[row, : len(text)] = text, True
        labels[row, : len(text) - 1] = np.where(loss[1:] > 0, text[1:], -100)
    return torch.from_numpy(tokens), torch.from_numpy(real), torch.from_numpy(labels)


def main(spec):
    torch.set_num_threads(spec["threads"])
    torch.manual_seed(spec["seed"])
    random = np.random.default_rng(spec["seed"])
    documents, model = load_documents(spec["shards"]), Decoder(spec["model"])
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=spec["learningRate"], betas=(0.9, 0.95), foreach=True)
    seen, started = 0, time.perf_counter()
    for step in range(spec["steps"]):
        if step == spec["warmup"]:
            seen, started = 0, time.perf_counter()
        chosen = [documents[i] for i in random.choice(len(documents), spec["documents"], replace=False)]
        learned = sum(int(loss[1:].sum()) for _, loss in chosen)
        optimiser.zero_grad(set_to_none=True)
        for start in range(0, len(chosen), spec["rows"]):
            tokens, real, labels = batch_of(chosen[start : start + spec["rows"]])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(tokens, real)
            (F.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="sum") / learned).backward()
            seen += int(real.sum())
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
    print(json.dumps({"tokensPerSecond": seen / (time.perf_counter() - started)}))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        main(json.load(file))
