"""What the tests of reinforcement learning need: folders of replies, a config with a grpo stage, a talk with the update server."""

import json
import os
import subprocess
import sys

import numpy as np
from helpers import FOLDER, MODEL, torch

from lemma_trainer import models
from lemma_trainer.batches import build_padded
from lemma_trainer.config import Grpo

DEEPSEEK = {
    "model_type": "deepseek_v3", "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2,
    "q_lora_rank": None, "kv_lora_rank": 16, "qk_nope_head_dim": 16, "qk_rope_head_dim": 8, "v_head_dim": 16, "intermediate_size": 48,
    "moe_intermediate_size": 16, "n_routed_experts": 4, "n_shared_experts": 1, "num_experts_per_tok": 2, "n_group": 1, "topk_group": 1,
    "first_k_dense_replace": 1, "moe_layer_freq": 1, "scoring_func": "sigmoid", "topk_method": "noaux_tc", "norm_topk_prob": True,
    "routed_scaling_factor": 1.0, "rms_norm_eps": 1e-6, "rope_theta": 10000, "max_position_embeddings": 128, "tie_word_embeddings": False,
}


def settings(**changes):
    return Grpo(**{"maxTokens": 16, "maxMeanKl": 100.0, **changes})


def made_replies(count=12, seed=0, group=4, vocabulary=64):
    """[(tokens, loss, reward, group, truncated)]: prompts of 1 to 6 tokens, replies of 1 to 12."""
    random, made = np.random.default_rng(seed), []
    for i in range(count):
        prompt, reply = int(random.integers(1, 7)), int(random.integers(1, 13))
        tokens = random.integers(1, vocabulary, prompt + reply)
        made.append((tokens, [0] * prompt + [1] * reply, float(random.integers(0, 3)), i // group, 0))
    return made


def write_replies(folder, replies, logprobs):
    """Writes a batch folder. `logprobs`: one list a reply, as long as its tokens."""
    os.makedirs(folder, exist_ok=True)
    tokens, losses, rewards, groups, truncated = zip(*replies)
    for name, column, kind in (
        ("tokens", np.concatenate(tokens), "<u2"), ("loss", np.concatenate(losses), "u1"), ("logprobs", np.concatenate(logprobs), "<f4"),
        ("documents", np.cumsum([0] + [len(one) for one in tokens]), "<i8"), ("rewards", rewards, "<f4"), ("groups", groups, "<i4"), ("truncated", truncated, "u1"),
    ):
        np.save(os.path.join(folder, f"{name}.npy"), np.asarray(column).astype(kind))
    return folder


def true_logprobs(model, replies):
    """Log-probabilities of the sampled tokens by the whole logits, one document at a time; 0 elsewhere."""
    found = []
    for tokens, loss, *_ in replies:
        ids = torch.from_numpy(np.asarray(tokens))
        with torch.no_grad():
            logp = torch.log_softmax(model.logits(build_padded([(np.asarray(tokens), np.asarray(loss, dtype=np.uint8))], 1))[: len(tokens) - 1].double(), -1)
        column = np.concatenate([[0.0], logp.gather(1, ids[1:, None])[:, 0].numpy()])
        found.append(np.where(np.asarray(loss) != 0, column, 0))
    return found


def new_model(seed=3, model=MODEL, dtype=torch.float32):
    """Weights large enough for probabilities that differ."""
    made = models.build(model, dtype)
    made.initialise(seed)
    with torch.no_grad():
        for parameter in made.parameters():
            if parameter.dim() == 2:
                parameter.mul_(4)
    return made


def rl_config(folder, model=MODEL, grpo=None, **stage):
    """Writes config.json of a run with one grpo stage that starts from the weights of new_model(); returns its path."""
    from lemma_trainer import safetensors

    init = os.path.join(folder, "init")
    os.makedirs(init, exist_ok=True)
    safetensors.save_file(new_model(model=model).to_hf(), os.path.join(init, "model.safetensors"))
    fields = {
        "kind": "grpo", "shards": [], "steps": 6, "learningRate": 1e-3, "microTokens": 64, "batchTokens": 64, "schedule": {"kind": "constant", "warmupSteps": 0},
        "weightDecay": 0.0, "init": init, "checkpointSteps": 2, "keepCheckpoints": 9, "grpo": {"maxTokens": 16, "maxMeanKl": 100.0, **(grpo or {})}, **stage,
    }
    path = os.path.join(folder, "config.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"name": "test", "folder": os.path.join(folder, "run"), "model": model, "stages": [fields], "dtype": "float32"}, file)
    return path


class Server:
    """The update server as a process."""

    def __init__(self, path, ranks=1, stage=0):
        command = [sys.executable, "-m", "lemma_trainer.launch", str(ranks), path, "--stage", str(stage)]
        self.process = subprocess.Popen(command, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.start = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"no answer; exit {self.process.wait(60)}: {self.process.stderr.read()[-1500:]}")
        return json.loads(line)

    def ask(self, command, **fields):
        return self.ask_line(json.dumps({"command": command, **fields}))

    def ask_line(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def ranks(self):
        """Process ids of the ranks."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="utf-8") as file:
            return [int(pid) for pid in file.read().split()]

    def close(self):
        """(exit code, what it still said) after the end of its input."""
        out, _ = self.process.communicate(timeout=60)
        return self.process.returncode, [json.loads(line) for line in out.splitlines()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
