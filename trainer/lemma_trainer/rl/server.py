"""A stage of kind grpo: weights, optimiser, and the commands that the TypeScript side sends. Read this first.

    {"command": "weights", "path"}                    writes the weights, float32, Hugging Face names
    {"command": "update", "batch"}                    an optimiser step a minibatch of the replies in the folder
    {"command": "score", "batch", "path"}             log-probabilities of the sampled tokens as .npy
    {"command": "checkpoint", "driver"}               checkpoint that keeps the driver's state
    {"command": "end", "driver"}                      last checkpoint, the stage's mark, exit 0
Each has one answer, a JSON line whose event is the command's name (`done` for `end`). End of input stops without a
checkpoint: whoever sends commands says when the state that goes with the weights is known.
"""

import math
import os
import time

import numpy as np
import torch

from .. import checkpoint, models, safetensors
from ..batches import build_padded, padded_shape, plan_padded
from ..config import ConfigError, stage_hash
from ..metrics import emit
from ..muon import FlatMuon
from ..optim import FlatAdamW, learning_rate
from ..parallel import Parallel
from ..process import StopRequest, end_with_parent
from .batch import read_replies
from .commands import Commands
from .formulas import advantages, normaliser, surrogate, token_weights

LOGIT_ROWS = 2048


class RlError(RuntimeError):
    """The stage can't go on; the message says why and what to do."""


class Server:
    def __init__(self, config, index):
        self.config, self.index, self.stage, self.parallel = config, index, config.stages[index], Parallel()
        self.settings, self.lead = self.stage.grpo, self.parallel.rank == 0
        self.device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if config.device != "cpu" and torch.cuda.is_available() else "cpu"
        self.model = models.build(config.model, getattr(torch, config.dtype))
        self.model.initialise(self.stage.seed)
        if self.stage.init:
            self.model.from_hf(safetensors.load_file(os.path.join(self.stage.init, "model.safetensors")))
        self.model.to(self.device)
        self.optimiser = (FlatMuon if self.stage.optimiser == "muon" else FlatAdamW)(self.model, self.stage.betas, self.stage.weightDecay)
        self.gradient, self.kernels, _ = models.gradient_of(self.model, config.kernels)
        self.first = sum(earlier.steps for earlier in config.stages[:index])
        self.last = self.first + self.stage.steps
        self.step, self.driver = self.first, None
        self._restore()
        self.reference = self._reference() if self.settings.klWeight > 0 else None
        self.gradient.refresh()

    def _restore(self):
        found = checkpoint.steps(self.config.folder)
        if not found:
            return
        weights, moments, state = checkpoint.load(self.config.folder, found[-1])
        self.model.from_hf(weights)
        if state["stage"] == self.index:
            if state["config"] != stage_hash(self.config, self.index):
                raise ConfigError(f"{self.config.folder}: checkpoint {found[-1]} was made with another config; use a fresh run folder")
            self.optimiser.restore(moments, state["updates"])
            self.step, self.driver = state["step"], state["driver"]
        elif state["stage"] > self.index or state["step"] != self.first:
            raise ConfigError(f"{self.config.folder}: checkpoint {found[-1]} belongs to stage {state['stage']}, not before stage {self.index}")

    def _reference(self):
        """The model at the stage's start, kept in a file for later processes."""
        path = os.path.join(self.config.folder, "rl", str(self.index), "reference.safetensors")
        if not os.path.exists(path):
            if self.step != self.first:
                raise RlError(f"{path}: expected the weights of the stage's start, which klWeight needs; start a fresh run")
            if self.lead:
                write_weights(self.model, path)
            self.parallel.barrier()
        model = models.build(self.config.model, getattr(torch, self.config.dtype))
        model.from_hf(safetensors.load_file(path))
        return model.to(self.device)

    def save(self):
        """Writes a checkpoint on rank 0; returns its path."""
        if not self.lead:
            return None
        state = {"stage": self.index, "step": self.step, "updates": self.optimiser.updates, "world": self.parallel.world,
                 "config": stage_hash(self.config, self.index), "driver": self.driver}
        return checkpoint.save(self.config.folder, self.step, self.model.to_hf(), self.optimiser.state(), state, self.stage.keepCheckpoints)

    def answer(self, event, fields):
        if self.lead:
            emit(event, fields)

    def plan(self, chosen, lengths):
        """This rank's micro-batches of the replies `chosen`: lists of reply numbers."""
        longest = -(-int(lengths[chosen].max()) // 16) * 16 if len(chosen) else 16
        plan = plan_padded(np.asarray(chosen), lengths, max(self.stage.microTokens, longest)) if len(chosen) else []
        return plan[self.parallel.rank :: self.parallel.world]

    def build(self, replies, members):
        """The micro-batch of these replies, and where its learned tokens stand in the flat columns."""
        documents = [replies.document(i) for i in members]
        batch = build_padded(documents, max(self.stage.microTokens, padded_shape([len(t) for t, _ in documents], 1)[1]))
        at = np.concatenate([replies.span(i).start + 1 + np.flatnonzero(replies.loss[replies.span(i)][1:]) for i in members])
        return batch.to(self.device), at

    @torch.no_grad()
    def score(self, model, replies, plan):
        """(log-probability, entropy) of every sampled token under `model`, flat [T]; 0 elsewhere and for other ranks' replies."""
        logprobs, entropies = np.zeros(len(replies.tokens)), np.zeros(len(replies.tokens))
        for members in plan:
            batch, at = self.build(replies, members)
            hidden_at, targets = batch.loss_at[: batch.loss_tokens], batch.targets[: batch.loss_tokens]
            logits = model.logits(batch, hidden_at)
            for start in range(0, len(at), LOGIT_ROWS):
                part = slice(start, start + LOGIT_ROWS)
                own = torch.log_softmax(logits[part], dim=-1)
                logprobs[at[part]] = own.gather(1, targets[part, None])[:, 0].double().cpu().numpy()
                entropies[at[part]] = -(own.exp() * own).sum(-1).double().cpu().numpy()
        return logprobs, entropies

    def total(self, *values):
        """Sums over the ranks."""
        tensor = torch.tensor(values, dtype=torch.float64, device=self.device)
        self.parallel.all_reduce(tensor)
        return tensor.tolist()

    def largest(self, *values):
        tensor = torch.tensor(values, dtype=torch.float64, device=self.device)
        if self.parallel.world > 1:
            torch.distributed.all_reduce(tensor, op=torch.distributed.ReduceOp.MAX)
        return tensor.tolist()

    def update(self, folder):
        """The optimiser steps of one batch of replies; returns what is worth knowing of them."""
        began, settings = time.time(), self.settings
        replies = read_replies(folder)
        lengths = replies.lengths
        advantage, equal = advantages(replies.rewards, replies.groups, settings.std)
        used = ~(equal & settings.dropEqual) & ~((replies.truncated > 0) & settings.maskTruncated)
        everyone = self.plan(np.arange(len(replies)), lengths)
        before, entropies = self.score(self.model, replies, everyone)
        mine = np.zeros(len(replies.tokens), dtype=bool)
        for members in everyone:
            for i in members:
                mine[replies.span(i)] = replies.loss[replies.span(i)] > 0
        drift = (before - replies.logprobs)[mine]
        drift_sum, entropy_sum, sampled = self.total(np.abs(drift).sum(), entropies[mine].sum(), mine.sum())
        drift_max, weight_max = self.largest(np.abs(drift).max(initial=0.0), np.exp(drift).max(initial=0.0))
        mean = drift_sum / max(1, sampled)
        if not mean <= settings.maxMeanKl:
            raise RlError(
                f"step {self.step}: engine and trainer differ by {mean:.3g} nats a token on average (largest {drift_max:.3g}), more than "
                f"maxMeanKl {settings.maxMeanKl:g}: the replies are not this model's. Sample in a finer type (rollouts: F32, cache f32), "
                f"or lower learningRate; the last checkpoint is sound")
        reference = None if self.reference is None else self.score(self.reference, replies, everyone)[0]
        rate = learning_rate(self.stage.schedule, self.stage.learningRate, self.step - self.first, self.stage.steps)
        sums = np.zeros(3)  # loss, clipped tokens, tokens with a loss
        norms, kl_reference = [], 0.0
        if reference is not None:
            difference = (reference - before)[mine]
            kl_reference = self.total((np.exp(difference) - difference - 1).sum())[0] / max(1, sampled)
        for number, chosen in enumerate(self.minibatches(replies, used)):
            plan = self.plan(chosen, lengths)
            now = before if number == 0 else self.score(self.model, replies, plan)[0]
            tokens = int(sum(replies.loss[replies.span(i)].sum() for i in chosen))
            scale = 1 / max(1.0, normaliser(settings, len(chosen), tokens))
            self.optimiser.zero_grad()
            for members in plan:
                batch, at = self.build(replies, members)
                counts = [int(replies.loss[replies.span(i)].sum()) for i in members]
                parts = (np.repeat(advantage[members], counts), now[at], before[at], replies.logprobs[at].astype(np.float64))
                theirs = None if reference is None else reference[at]
                weights, clipped = token_weights(*parts, settings, theirs)
                sums += surrogate(*parts, settings, theirs).sum() * scale, clipped.sum(), len(at)
                batch.weights[: len(at)] = torch.from_numpy(weights).to(batch.weights)
                if weights.any():
                    self.gradient.accumulate(batch, scale)
            self.optimiser.reduce(self.parallel)
            norm = self.optimiser.clip(self.stage.clip)
            if not math.isfinite(norm):
                raise RlError(f"step {self.step}: the gradient is not a finite number; lower learningRate. The last checkpoint is sound")
            norms.append(norm)
            if norm > 0:  # nothing to learn from: the moments stay as they are
                self.optimiser.step(rate)
                if hasattr(self.model, "after_step"):
                    self.model.after_step(self.parallel)
                self.gradient.refresh()
        self.step += 1
        loss, clipped, tokens = self.total(*sums)
        return {
            "step": self.step, "loss": round(loss, 6), "gradNorm": round(max(norms, default=0.0), 5), "learningRate": rate,
            "tokens": int(lengths.sum()), "lossTokens": int(tokens), "clipShare": round(clipped / max(1.0, tokens), 5),
            "entropy": round(entropy_sum / max(1, sampled), 5), "kl": {"mean": mean, "max": drift_max}, "weightMax": round(weight_max, 5),
            **({} if reference is None else {"klReference": kl_reference}),
            "dropped": {"equalGroups": len(np.unique(replies.groups[equal])), "truncated": int((replies.truncated > 0).sum())},
            "seconds": round(time.time() - began, 3),
        }

    def minibatches(self, replies, used):
        """Lists of the replies that count; a group is never cut."""
        groups = np.unique(replies.groups)
        for part in np.array_split(groups, self.settings.minibatches):
            chosen = np.flatnonzero(np.isin(replies.groups, part) & used)
            if len(chosen):
                yield chosen


def write_weights(model, path):
    """Writes safetensors, float32, under a temporary name, then renames it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    safetensors.save_file({name: tensor.float() for name, tensor in model.to_hf().items()}, path + ".tmp", {"format": "pt"})
    os.replace(path + ".tmp", path)


def serve(config, index):
    """Answers commands until `end`, the end of input or a signal. Returns "done" or "stopped"."""
    stop = StopRequest()
    end_with_parent()
    torch.set_num_threads(1)
    torch.backends.mkldnn.enabled = True
    server = Server(config, index)
    os.makedirs(os.path.join(config.folder, "stages"), exist_ok=True)
    server.answer("start", {"stage": index, "step": server.step, "lastStep": server.last, "ranks": server.parallel.world,
                            "parameters": server.optimiser.values.numel(), "kernels": server.kernels, "device": server.device,
                            "driver": server.driver})
    for command in Commands(server.parallel, stop):
        name = command["command"]
        if name == "weights":
            if server.lead:
                write_weights(server.model, command["path"])
            server.answer("weights", {"step": server.step, "path": command["path"]})
        elif name == "update":
            server.answer("update", server.update(command["batch"]))
        elif name == "score":
            replies = read_replies(command["batch"])
            scores = server.score(server.model, replies, server.plan(np.arange(len(replies)), replies.lengths))[0]
            scores = torch.from_numpy(scores)
            server.parallel.all_reduce(scores)
            if server.lead:
                np.save(command["path"], scores.numpy().astype(np.float32))
            server.answer("score", {"path": command["path"]})
        elif name in ("checkpoint", "end"):
            server.driver = command.get("driver")
            path = server.save()
            server.parallel.barrier()
            if name == "checkpoint":
                server.answer("checkpoint", {"step": server.step, "path": path})
                continue
            if server.lead:
                checkpoint.write_json(os.path.join(config.folder, "stages", f"{index}.done"), {"step": server.step})
            server.answer("done", {"stage": index, "step": server.step, "tokens": 0})
            server.parallel.barrier()
            server.parallel.close()
            return "done"
        else:
            raise ValueError(f"command: expected weights, update, score, checkpoint or end, found {name!r}")
    server.answer("stopped", {"step": server.step})
    server.parallel.close()
    return "stopped"
