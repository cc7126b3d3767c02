"""What several tests need: a tiny model, shards with something to learn, a config, a run of the trainer."""

import json
import os
import subprocess
import sys

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, FOLDER)
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # as the launcher does: threads that wait spin

import numpy as np  # noqa: E402
import torch  # noqa: E402

from lemma_trainer.launch import rank_environment  # noqa: E402
from lemma_trainer.shards import write_shard  # noqa: E402

MODEL = {
    "model_type": "qwen3", "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "head_dim": 32, "intermediate_size": 48, "rms_norm_eps": 1e-6, "rope_theta": 10000,
    "max_position_embeddings": 128, "tie_word_embeddings": True,
}


def documents(count, seed=0, longest=30):
    """(tokens, loss) pairs of 5 to 2 * longest tokens: a prompt, then the same tokens again, to be learned."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        prompt = random.integers(1, 64, int(random.integers(2, longest)))
        made.append((np.concatenate([prompt, prompt, [0]]), np.array([0] * len(prompt) + [1] * (len(prompt) + 1))))
    return made


def config(folder, **stage):
    """Writes shards and config.json below `folder`; returns the config's path."""
    os.makedirs(folder, exist_ok=True)
    write_shard(os.path.join(folder, "shards"), documents(400))
    fields = {
        "kind": "sft", "shards": [os.path.join(folder, "shards")], "steps": 12, "learningRate": 3e-3, "batchTokens": 512, "microTokens": 128,
        "pool": 64, "schedule": {"warmupSteps": 3}, "checkpointSteps": 4, "keepCheckpoints": 9, "logSteps": 1, **stage,
    }
    path = os.path.join(folder, "config.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"name": "test", "folder": os.path.join(folder, "run"), "model": MODEL, "stages": [fields], "dtype": "float32"}, file)
    return path


def start(path, ranks=1):
    """The launcher as a process."""
    command = [sys.executable, "-m", "lemma_trainer.launch", str(ranks), path]
    return subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def train(path, ranks=1):
    """Runs to the end; returns the metrics lines."""
    process = start(path, ranks)
    out, errors = process.communicate(timeout=240)
    if process.returncode != 0:
        raise AssertionError(f"exit {process.returncode}: {out[-500:]} {errors[-1500:]}")
    return metrics(path)


def metrics(path):
    """loss and gradNorm by step."""
    with open(os.path.join(os.path.dirname(path), "run", "metrics.jsonl"), encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return {line["step"]: (line["loss"], line["gradNorm"]) for line in lines}


__all__ = ["MODEL", "config", "documents", "metrics", "rank_environment", "start", "torch", "train"]
