"""The resolved config.json as dataclasses. Strict: an unknown or missing field is an error with its path.

Recipes are parsed and resolved in TypeScript (packages/trainer); this file is the only reader on the Python side.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Optional


class ConfigError(ValueError):
    """The config can't be used: the message names the field, what was expected and what was found."""


@dataclass
class Schedule:
    kind: str = "cosine"  # cosine | wsd | constant
    warmupSteps: int = 100
    floor: float = 0.02  # last learning rate as a share of the peak
    decayShare: float = 0.2  # wsd only: share of the steps in which the rate falls


@dataclass
class Check:
    rows: str  # JSONL of held-out rows: {"tokens", "loss", "task", "cell"}
    everySteps: int = 1000
    limit: int = 0  # rows to use, 0 = all


# How ranks share the work. Changes nothing but rounding: a checkpoint continues under another one.
@dataclass
class Parallelism:
    plan: str = "auto"  # auto | ddp | zero1 | fsdp (plans.py)
    gradientCheckpointing: bool = False  # compute the inside of layers again in the backward pass instead of keeping it
    compile: bool = False  # torch.compile of the layers, where PyTorch has it


@dataclass
class Adapter:
    kind: str  # lora
    rank: int
    alpha: float  # the adapters' product is scaled by alpha / rank
    targets: list  # attention | feed-forward | experts, or names of matrices such as q_proj
    dropout: float = 0.0  # share of the adapters' inputs set to zero in training


@dataclass
class Dpo:
    beta: float = 0.1  # how far the model may move from the reference: smaller is further
    labelSmoothing: float = 0.0  # assumed share of pairs whose order is wrong


@dataclass
class Distill:
    teacher: str  # Hugging Face folder with the same tokenizer
    divergence: str = "forward"  # forward | reverse | js
    temperature: float = 1.0
    share: float = 0.5  # of the divergence in the loss; the rest is cross-entropy


# What rl/ needs of a stage of kind grpo; tasks, rewards and rollouts are the driver's.
@dataclass
class Grpo:
    maxTokens: int  # tokens of a reply at most: the length of the constant-length loss
    groupSize: int = 8
    problems: int = 16  # a step
    temperature: float = 1.0
    clipLow: float = 0.2  # the ratio of probabilities is held above 1 - clipLow and below 1 + clipHigh
    clipHigh: float = 0.28
    loss: str = "constant-length"  # constant-length | token
    std: str = "batch"  # group | batch | none: what advantages are divided by
    dropEqual: bool = True  # groups whose rewards are all equal take no part
    maskTruncated: bool = True  # nor do replies that were cut off
    klWeight: float = 0.0  # of the divergence from the stage's first weights
    importanceCap: float = 2.0  # largest weight of a token for the trainer's probability over the engine's
    minibatches: int = 1  # optimiser steps that share the replies of a step
    maxMeanKl: float = 0.02  # nats a token between trainer and engine; above it the run stops


@dataclass
class Stage:
    kind: str  # pretrain | sft | dpo | distill | grpo
    shards: list  # folders of token shards
    steps: int
    learningRate: float
    seed: int = 1
    batchTokens: int = 12288  # tokens an optimiser step takes over all ranks, padding included
    microTokens: int = 2048  # tokens of one forward and backward pass
    layout: str = "auto"  # auto | padded | packed
    pool: int = 2048  # documents that are sorted or packed together
    schedule: Schedule = field(default_factory=Schedule)
    optimiser: str = "adamw"  # adamw | muon (matrices inside the model; the rest by adamw)
    betas: list = field(default_factory=lambda: [0.9, 0.95])
    weightDecay: float = 0.1
    clip: float = 1.0
    checkpointSteps: int = 500
    keepCheckpoints: int = 2
    keepBest: str = "off"  # check | loss | off: the checkpoint that is never dropped (best.py)
    logSteps: int = 10
    init: Optional[str] = None  # Hugging Face folder to start from instead of random weights
    check: Optional[Check] = None
    adapter: Optional[Adapter] = None  # train low-rank adapters instead of the weights
    dpo: Optional[Dpo] = None
    distill: Optional[Distill] = None  # from logits; without it a distill stage learns a teacher's texts as sft does
    grpo: Optional[Grpo] = None


@dataclass
class Config:
    name: str
    folder: str  # the run folder
    model: dict  # Hugging Face config.json of the model
    stages: list
    tokenizer: Optional[str] = None  # tokenizer folder, for readable trace checks
    dtype: str = "bfloat16"  # of matrix products: bfloat16 | float32
    kernels: str = "auto"  # auto | native | plain
    device: str = "auto"  # auto | cpu | cuda
    parallel: Parallelism = field(default_factory=Parallelism)


def load_config(path):
    """Reads and checks config.json. Fields that belong to the TypeScript side stand under "recipe" and are skipped."""
    with open(path, encoding="utf-8") as file:
        raw = json.load(file)
    raw.pop("recipe", None)
    config = _build(Config, raw, "")
    if isinstance(config.parallel, dict):
        config.parallel = _build(Parallelism, config.parallel, "parallel")
    if config.parallel.plan not in ("auto", "ddp", "zero1", "fsdp"):
        raise ConfigError(f"parallel.plan: expected auto, ddp, zero1 or fsdp, found {config.parallel.plan!r}")
    config.stages = [_stage(stage, f"stages[{i}]") for i, stage in enumerate(config.stages)]
    return config


def stage_hash(config, index):
    """Identifies what decides the numbers of a stage: a checkpoint continues only under the same hash."""
    stage = dataclasses.asdict(config.stages[index])
    for free in ("checkpointSteps", "keepCheckpoints", "keepBest", "logSteps", "check"):
        stage.pop(free)
    if stage["grpo"]:
        stage["grpo"].pop("maxMeanKl")  # a limit, which changes no number
    else:
        stage.pop("grpo")
    text = json.dumps({"model": config.model, "dtype": config.dtype, "stage": stage}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _stage(raw, where):
    raw = dict(raw)
    if isinstance(raw.get("schedule"), dict):
        raw["schedule"] = _build(Schedule, raw["schedule"], f"{where}.schedule")
    if isinstance(raw.get("check"), dict):
        raw["check"] = _build(Check, raw["check"], f"{where}.check")
    for name, kind in (("adapter", Adapter), ("dpo", Dpo), ("distill", Distill), ("grpo", Grpo)):
        if isinstance(raw.get(name), dict):
            raw[name] = _build(kind, raw[name], f"{where}.{name}")
    stage = _build(Stage, raw, where)
    _check_objective(stage, where)
    _check_grpo(stage, where)
    for name, allowed in (("kind", ("pretrain", "sft", "dpo", "distill", "grpo")), ("layout", ("auto", "padded", "packed")), ("optimiser", ("adamw", "muon"))):
        if getattr(stage, name) not in allowed:
            raise ConfigError(f"{where}.{name}: expected one of {', '.join(allowed)}, found {getattr(stage, name)!r}")
    if stage.schedule.kind not in ("cosine", "wsd", "constant"):
        raise ConfigError(f"{where}.schedule.kind: expected cosine, wsd or constant, found {stage.schedule.kind!r}")
    if stage.keepBest not in ("check", "loss", "off"):
        raise ConfigError(f"{where}.keepBest: expected check, loss or off, found {stage.keepBest!r}")
    if stage.keepBest == "check" and not stage.check:
        raise ConfigError(f"{where}.keepBest: check needs rows to check; expected loss or off, or a check")
    if stage.batchTokens % stage.microTokens:
        raise ConfigError(f"{where}.batchTokens: expected a multiple of microTokens ({stage.microTokens}), found {stage.batchTokens}")
    return stage


def _check_grpo(stage, where):
    grpo = stage.grpo
    if (grpo is not None) != (stage.kind == "grpo"):
        raise ConfigError(f"{where}.grpo: expected in a stage of kind grpo and nowhere else, found kind {stage.kind!r} {'with' if grpo else 'without'} it")
    if grpo is None:
        return
    if stage.adapter is not None:
        raise ConfigError(f"{where}.adapter: expected none in a stage of kind grpo, which trains whole weights, found {stage.adapter}")
    for name, allowed in (("loss", ("constant-length", "token")), ("std", ("group", "batch", "none"))):
        if getattr(grpo, name) not in allowed:
            raise ConfigError(f"{where}.grpo.{name}: expected one of {', '.join(allowed)}, found {getattr(grpo, name)!r}")
    for name, holds, expected in (
        ("maxTokens", grpo.maxTokens >= 1, "1 or more"), ("minibatches", grpo.minibatches >= 1, "1 or more"), ("clipLow", 0 < grpo.clipLow < 1, "above 0, below 1"),
        ("clipHigh", grpo.clipHigh > 0, "above 0"), ("klWeight", grpo.klWeight >= 0, "0 or more"),
        ("importanceCap", grpo.importanceCap >= 1, "1 or more"), ("maxMeanKl", grpo.maxMeanKl > 0, "above 0"),
    ):
        if not holds:
            raise ConfigError(f"{where}.grpo.{name}: expected {expected}, found {getattr(grpo, name)}")


def _check_objective(stage, where):
    """Refuses what does not go together."""
    if stage.kind == "dpo":
        stage.dpo = stage.dpo or Dpo()
        if not stage.dpo.beta > 0 or not 0 <= stage.dpo.labelSmoothing < 0.5:
            raise ConfigError(f"{where}.dpo: expected beta above 0 and labelSmoothing from 0 to below 0.5, found {stage.dpo}")
    for name in ("dpo", "distill"):
        if getattr(stage, name) is not None and stage.kind != name:
            raise ConfigError(f"{where}.{name}: expected only in a stage of kind {name}, found kind {stage.kind}")
    if stage.distill is not None:
        one = stage.distill
        if one.divergence not in ("forward", "reverse", "js") or not one.temperature > 0 or not 0 <= one.share <= 1:
            raise ConfigError(f"{where}.distill: expected divergence forward, reverse or js, temperature above 0, share from 0 to 1, found {one}")
    if stage.adapter is not None:
        one = stage.adapter
        if one.kind != "lora" or one.rank < 1 or not 0 <= one.dropout < 1 or not one.targets:
            raise ConfigError(f"{where}.adapter: expected kind lora, rank above 0, dropout from 0 to below 1 and targets, found {one}")
        if stage.optimiser != "adamw":
            raise ConfigError(f"{where}.optimiser: expected adamw for adapters, found {stage.optimiser}: muon moves whole matrices")


def _build(kind, raw, where):
    fields = {f.name: f for f in dataclasses.fields(kind)}
    prefix = f"{where}." if where else ""
    for name in raw:
        if name not in fields:
            raise ConfigError(f"{prefix}{name}: unknown field; known: {', '.join(fields)}")
    for name, f in fields.items():
        if name not in raw and f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
            raise ConfigError(f"{prefix}{name}: missing")
    return kind(**raw)
