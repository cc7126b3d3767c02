"""One step of GRPO: a folder of replies in, changed weights out; its checkpoints. Must not know commands.

The step: advantages of all replies; the groups cut into `minibatches`, one optimiser step each; in each the loss is a mean over
the replies (constant-length) or tokens (token) that take part. Replies that take no part are not computed at all. With several
minibatches, or a reference, log-probabilities are taken first; otherwise one pass does everything.
Every rank reads the whole folder and takes every world-th micro-batch, so ranks change nothing but rounding.
"""

import dataclasses
import math
import os

import numpy as np
import torch

from .. import checkpoint, hf_folder, models, plans, safetensors
from ..best import best_steps
from ..config import ConfigError, stage_hash
from ..layers import HAS_SDPA
from ..metrics import emit
from ..optim import learning_rate
from ..train import TrainingError
from .advantages import advantages
from .objective import PEAKS, SUMS, TokenColumns, TokenLoss
from .policy import PlainPolicy, policy_of
from .replies import Replies


class Learner:
    """The model of stage `index` with optimiser and step, continued from the newest checkpoint. `driver`: what that keeps for the driver."""

    def __init__(self, config, index, parallel):
        self.config, self.index, self.parallel = config, index, parallel
        self.stage = stage = config.stages[index]
        if config.parallel.plan not in ("auto", "ddp"):
            raise ConfigError(f"parallel.plan: expected auto or ddp for a stage of kind grpo, found {config.parallel.plan}")
        self.grpo = stage.grpo
        self.device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if config.device != "cpu" and torch.cuda.is_available() else "cpu"
        self.first_step = sum(earlier.steps for earlier in config.stages[:index])
        self.last_step = self.first_step + stage.steps
        self.model = self._new_model()
        self.model.initialise(stage.seed)
        if stage.init:
            self.model.from_hf(hf_folder.load_weights(stage.init))
        found = checkpoint.steps(config.folder)
        saved = checkpoint.Saved(config.folder, found[-1]) if found else None
        if saved:
            self.model.from_hf(saved.weights())
        parallelism = dataclasses.replace(config.parallel, plan="ddp")
        self.optimiser, plan_name = plans.prepare(self.model, stage, parallelism, parallel, self.device)
        self.step, self.tokens, self.loss_tokens, self.driver = self.first_step, 0, 0, None
        self.saved = None  # (step, driver) of the newest checkpoint of this stage
        if saved:
            self._restore(saved)
        self.policy, self.kernels, self.why_plain = policy_of(self.model, config.kernels, plans.needs_autograd(parallelism, plan_name))
        fused = self.kernels == "native" or HAS_SDPA and self.device != "cpu"
        self.layout = stage.layout if stage.layout != "auto" else "packed" if fused else "padded"
        self.reference = self._reference() if self.grpo.klWeight > 0 else None
        self.policy.refresh()

    # Steps.

    def read(self, folder):
        """The replies of a folder. Raises RepliesError."""
        return Replies(folder, self.config.model["vocab_size"], self.config.model["max_position_embeddings"])

    def update(self, replies):
        """One step. Returns what it measured (keys as in the event "update"). Raises TrainingError; the weights are then as before the
        minibatch that failed."""
        grpo = self.grpo
        of = advantages(replies.rewards_R, replies.groups_R, replies.truncated_R, grpo.std, grpo.dropEqual, grpo.maskTruncated)
        parts = [part for part in self._minibatches(replies, of.used_R & (replies.sampled_R > 0)) if len(part)]
        used = np.concatenate(parts) if parts else np.arange(len(replies))
        reference = self._score(replies, used, self.reference)[0] if self.reference and parts else None
        old = self._score(replies, used, self.policy) if len(parts) != 1 else None
        if old is not None:  # several steps that share a start, or none at all: measured here
            sums, peaks = self._gaps(replies, used, *old)
            self._stop_if_apart(sums, peaks)
        rate = learning_rate(self.stage.schedule, self.stage.learningRate, self.step - self.first_step, self.stage.steps)
        told, norms, losses = np.zeros(len(SUMS)), [], []
        for part in parts:
            for attempt in (1, 2):
                part_sums, part_peaks, norm = self._gradient(replies, part, of.values_R, None if old is None else old[0], reference)
                if math.isfinite(norm) and np.isfinite(part_sums).all():
                    break
                if self.parallel.rank == 0:  # computed again, as in train.py: a fault of the machine does not come twice
                    emit("warning", {"step": self.step, "message": f"step {self.step}: the gradient is not finite (attempt {attempt})"})
            else:
                raise TrainingError(f"step {self.step}: loss or gradient is not a finite number; lower learningRate. "
                                    f"The last checkpoint of {self.config.folder} is sound.")
            if old is None:
                sums, peaks = part_sums, part_peaks
                self._stop_if_apart(sums, peaks)
            self.optimiser.step(rate)
            self.optimiser.exchange(self.parallel)
            if hasattr(self.model, "after_step"):
                self.model.progress = (self.step - self.first_step) / self.stage.steps
                self.model.after_step(self.parallel)
            self.policy.refresh()
            told, norms, losses = told + part_sums, [*norms, norm], [*losses, part_sums[SUMS.index("loss")]]
        self.step += 1
        self.tokens += int(replies.lengths_R.sum())
        self.loss_tokens += int(told[SUMS.index("tokens")])
        mean = lambda of_sums, name: float(of_sums[SUMS.index(name)] / max(1, of_sums[SUMS.index("tokens")]))
        answer = {
            "step": self.step, "loss": _mean(losses), "gradNorm": _mean(norms), "learningRate": rate,
            "tokens": int(replies.lengths_R.sum()), "lossTokens": int(told[SUMS.index("tokens")]), "clipShare": mean(told, "clipped"),
            "entropy": mean(sums, "entropy"), "kl": {"mean": mean(sums, "kl"), "max": float(peaks[PEAKS.index("kl")])},
            "weightMax": float(peaks[PEAKS.index("weight")]), "dropped": {"equalGroups": of.equal_groups if grpo.dropEqual else 0, "truncated": of.truncated},
        }
        return {**answer, **({"klReference": mean(told, "klReference")} if self.reference else {})}

    def score(self, replies):
        """Log-probabilities of all sampled tokens under the current weights, float32 [N]; 0 elsewhere."""
        return self._score(replies, np.arange(len(replies)), self.policy)[0].astype(np.float32)

    def _minibatches(self, replies, used_R):
        """The replies that take part, cut at groups into `minibatches` parts; groups in the order of their numbers."""
        groups = np.array_split(np.unique(replies.groups_R), self.grpo.minibatches)
        return [np.flatnonzero(np.isin(replies.groups_R, mine) & used_R) for mine in groups]

    def _gradient(self, replies, part, values_R, old_N, reference_N):
        """Leaves the clipped gradient of the replies `part` in the optimiser. Returns (sums, peaks, norm before clipping)."""
        tokens = int(replies.sampled_R[part].sum())
        share = 1 / tokens if self.grpo.loss == "token" else 1 / (len(part) * self.grpo.maxTokens)
        self.optimiser.zero_grad()
        sums, peaks = np.zeros(len(SUMS)), np.zeros(len(PEAKS))
        for batch, places in self._mine(replies, part):
            rows = len(batch.loss_at)
            column = lambda values, rows=rows, places=places: _padded(values[places], rows).to(self.device)
            loss = TokenLoss(self.grpo, TokenColumns(
                advantage_M=_padded(values_R[replies.replies_of(places)], rows).to(self.device), engine_M=column(replies.logprobs_N),
                share_M=_padded(np.full(len(places), share), rows).to(self.device),
                old_M=None if old_N is None else column(old_N), reference_M=None if reference_N is None else column(reference_N)))
            self.policy.accumulate(batch, loss, 1 / tokens)
            sums, peaks = sums + loss.sums.cpu().numpy(), np.maximum(peaks, loss.peaks.cpu().numpy())
        self.optimiser.reduce(self.parallel)
        return *self._share(sums, peaks), self.optimiser.clip(self.stage.clip)

    def _score(self, replies, chosen, policy):
        """(log-probabilities [N], entropies [N]) of the replies `chosen`, float64, 0 elsewhere."""
        found = np.zeros((2, len(replies.tokens_N)))
        for batch, places in self._mine(replies, chosen[replies.sampled_R[chosen] > 0]):
            for row, values in zip(found, policy.score(batch)):
                row[places] = values[: len(places)].cpu().numpy()
        shared = torch.from_numpy(found).to(self.device)
        self.parallel.all_reduce(shared)
        return shared.cpu().numpy()

    def _mine(self, replies, chosen):
        """This rank's micro-batches, on the device."""
        budget = self.stage.microTokens
        plan = replies.micro_batches(chosen, self.layout, budget)
        for micro in plan[self.parallel.rank :: self.parallel.world]:
            batch, places = replies.build(micro, self.layout, budget)
            yield batch.to(self.device), places

    def _gaps(self, replies, chosen, logps_N, entropies_N):
        """(sums, peaks) as a TokenLoss measures them, from log-probabilities that are known already."""
        places = np.flatnonzero((replies.loss_N != 0) & np.isin(np.arange(len(replies)), chosen)[replies.replies_of(np.arange(len(replies.tokens_N)))])
        gap, sums = logps_N[places] - replies.logprobs_N[places], np.zeros(len(SUMS))
        for name, value in (("tokens", len(places)), ("entropy", entropies_N[places].sum()), ("kl", np.abs(gap).sum())):
            sums[SUMS.index(name)] = value
        return sums, np.array([np.abs(gap).max(), math.exp(min(50, gap.max()))] if len(places) else [0.0, 0.0])

    def _share(self, sums, peaks):
        """Sums and largest values over the ranks."""
        table = torch.zeros(self.parallel.world, len(sums) + len(peaks), dtype=torch.float64, device=self.device)
        table[self.parallel.rank] = torch.from_numpy(np.concatenate([sums, peaks]))
        self.parallel.all_reduce(table)
        rows = table.cpu().numpy()
        return rows[:, : len(sums)].sum(0), rows[:, len(sums) :].max(0)

    def _stop_if_apart(self, sums, peaks):
        mean, limit = sums[SUMS.index("kl")] / max(1, sums[SUMS.index("tokens")]), self.grpo.maxMeanKl
        if not mean <= limit:  # not a number stops too
            raise TrainingError(
                f"step {self.step}: log-probabilities of trainer and engine differ by {mean:.4g} nats a token on average (at most "
                f"{peaks[PEAKS.index('kl')]:.4g}), expected at most grpo.maxMeanKl = {limit:g}. Look whether the engine has this step's weights, "
                f"in which types engine and trainer compute (rollouts.type and cache; dtype, here {self.config.dtype}), whether sampling was pure "
                f"(temperature 1, no top-p or top-k), and whether both see the same tokens. The weights are those before the step.")

    # Beginnings and checkpoints.

    def _new_model(self):
        return models.build(self.config.model, getattr(torch, self.config.dtype))

    def _reference(self):
        """A policy with the stage's first weights, which are kept on disk as long as the run folder is."""
        path = os.path.join(self.config.folder, "stages", f"{self.index}.reference.safetensors")
        if self.parallel.rank == 0 and not os.path.exists(path):
            if self.step != self.first_step:
                raise ConfigError(f"{path}: expected the weights at the stage's start, found nothing; start the stage anew or set grpo.klWeight to 0")
            write_weights(self.model, path)
        self.parallel.barrier()
        model = self._new_model()
        model.from_hf(safetensors.load_file(path))
        return PlainPolicy(model.to(self.device).requires_grad_(False))

    def _restore(self, saved):
        """The state of checkpoint `saved`, whose weights the model has already, if it is of this stage."""
        config, index, state = self.config, self.index, saved.state
        if state["stage"] == index:
            if state["config"] != stage_hash(config, index):
                raise ConfigError(f"{saved.path}: this checkpoint was made with another config; use a fresh run folder")
            self.optimiser.restore(saved.moments, state["updates"])
            saved.restore_random(self.parallel.rank)
            self.step, self.tokens, self.loss_tokens, self.driver = state["step"], state["tokens"], state["lossTokens"], state["driver"]
            self.saved = (self.step, self.driver)
        elif state["stage"] > index or state["step"] != self.first_step:
            raise ConfigError(f"{saved.path}: this checkpoint belongs to stage {state['stage']}, not before stage {index}")

    def save(self, driver):
        """Writes a checkpoint with the driver's state (any JSON value), if it would differ from the newest. Returns its path. Every rank calls it."""
        folder = self.config.folder
        path = os.path.join(folder, "checkpoints", str(self.step))
        if self.saved == (self.step, driver):
            return path
        state = {"stage": self.index, "step": self.step, "tokens": self.tokens, "lossTokens": self.loss_tokens, "updates": self.optimiser.updates,
                 "plan": "ddp", "config": stage_hash(self.config, self.index), "driver": driver}
        if self.step in checkpoint.steps(folder):  # the same weights and moments: only the driver's state is new
            there = checkpoint.Saved(folder, self.step).state
            self.parallel.barrier()
            if self.parallel.rank == 0 and there["stage"] == self.index:  # else it is the stage before, and this one has learned nothing yet
                checkpoint.write_json(os.path.join(path, "state.json"), {**state, "world": there["world"]})
            self.parallel.barrier()
        else:
            checkpoint.save(folder, self.step, self.model.to_hf(), self.optimiser.state(), state, self.stage.keepCheckpoints, best_steps(folder), parallel=self.parallel)
        self.saved, self.driver = (self.step, driver), driver
        return path


def write_weights(model, path):
    """Weights as safetensors: Hugging Face names, F32, written under another name first: a reader never sees half a file."""
    safetensors.save_file({name: tensor.float() for name, tensor in model.to_hf().items()}, path + ".tmp", {"format": "pt"})
    os.replace(path + ".tmp", path)


def _padded(values, rows):
    """float32 [rows] with zeros behind `values`."""
    return torch.nn.functional.pad(torch.from_numpy(np.asarray(values, dtype=np.float32)), (0, rows - len(values)))


def _mean(values):
    return float(np.mean(values)) if values else 0.0
