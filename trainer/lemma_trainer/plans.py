"""Parallel plans: which this PyTorch can run, which one `auto` means, and model and optimiser made ready for it.

ddp: every rank holds everything and sums gradients. zero1: the optimiser's moments are shared out (optim.py). fsdp: weights,
gradients and moments are shared out, by PyTorch's `fully_shard` (sharded.py). Probes look for what is needed, never at versions.
"""

import subprocess
import sys
import time

import torch

from .config import ConfigError
from .layers import HAS_SDPA
from .muon import FlatMuon
from .optim import FlatAdamW

PLANS = ("ddp", "zero1", "fsdp")
BYTES = {"ddp": 22, "zero1": 10, "fsdp": 0}  # a parameter on every rank: float32 weights, gradients (and moments, scratch), bfloat16 copies
SHARED_BYTES = {"ddp": 0, "zero1": 12, "fsdp": 16}  # a parameter, divided by the ranks


def refusal(plan, optimiser="adamw"):
    """Why this PyTorch can't run a plan, or an empty string."""
    if plan != "fsdp":
        return "" if torch.distributed.is_available() else "this PyTorch was built without torch.distributed"
    if optimiser == "muon":
        return "muon needs whole matrices on one rank; use zero1 or adamw"
    return find_fully_shard()[1]


def find_fully_shard():
    """(PyTorch's `fully_shard` or None, why not)."""
    try:
        from torch.distributed.fsdp import fully_shard

        return fully_shard, ""
    except Exception as error:  # Debian's 1.13 raises ValueError from a dataclass, others ImportError
        reason = f"torch.distributed.fsdp has no fully_shard ({type(error).__name__}: {str(error).splitlines()[0][:60]})"
    try:
        from torch.distributed._composable.fsdp import fully_shard  # where it lived first

        return fully_shard, ""
    except Exception:
        return None, reason


def compile_refusal():
    """Why this PyTorch can't compile models, or an empty string."""
    return "" if hasattr(torch, "compile") else "this PyTorch has no torch.compile"


def choose(wanted, world, parameters, memory, optimiser):
    """The plan to run: `auto` is ddp, or the first of zero1 and fsdp where the state leaves less than half of the rank's `memory`
    (bytes, 0 where ranks share the host's). ConfigError where the wanted plan can't run here."""
    if wanted == "auto":
        possible = [plan for plan in PLANS if not refusal(plan, optimiser)] if world > 1 else ["ddp"]
        fits = [plan for plan in possible if not memory or state_bytes(plan, world, parameters) <= memory / 2]
        return (fits or possible[-1:])[0]
    reason = refusal(wanted, optimiser)
    if reason:
        raise ConfigError(f"parallel.plan: expected a plan that this PyTorch can run, found {wanted}: {reason}")
    return wanted if world > 1 else "ddp"  # one rank has nothing to share out


def state_bytes(plan, world, parameters):
    """Bytes of weights, gradients and optimiser on each rank."""
    return parameters * (BYTES[plan] + SHARED_BYTES[plan] / world)


def prepare(model, stage, parallelism, parallel, device, trained=None):
    """(the optimiser, the plan's name). The weights must be in the model already. `trained`: what has the parameters to train,
    where these are not the model's own (adapters)."""
    trained = trained or model
    if parallelism.compile and compile_refusal():
        raise ConfigError(f"parallel.compile: expected false, found true: {compile_refusal()}")
    memory = torch.cuda.get_device_properties(device).total_memory if str(device).startswith("cuda") else 0
    count = sum(parameter.numel() for parameter in trained.parameters())
    plan = choose(parallelism.plan, parallel.world, count, memory, stage.optimiser)
    model.recompute = parallelism.gradientCheckpointing
    if parallelism.compile:
        model._layer = torch.compile(model._layer)
    settings = {"rank": parallel.rank, "world": parallel.world}
    if plan == "fsdp":
        if trained is not model or stage.kind not in ("pretrain", "sft"):
            raise ConfigError(f"parallel.plan: expected ddp or zero1 for adapters and for {stage.kind}, found fsdp")
        from .sharded import ShardedAdamW, shard

        shard(model, find_fully_shard()[0], device, parallel)
        return ShardedAdamW(model, stage.betas, stage.weightDecay, **settings), plan
    model.to(device)
    make = FlatMuon if stage.optimiser == "muon" else FlatAdamW
    return make(trained, stage.betas, stage.weightDecay, shard=plan == "zero1", **settings), plan


def needs_autograd(parallelism, plan):
    """Why the kernels that do without autograd can't be used, or an empty string."""
    if parallelism.gradientCheckpointing:
        return "gradient checkpointing recomputes layers by autograd"
    return "weights are shared out" if plan == "fsdp" else "torch.compile was asked for" if parallelism.compile else ""


def capabilities(with_launcher=False):
    """What this PyTorch can do, for `lemma train plan`: reasons are empty where it can."""
    gpus = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())]
    found = {
        "torch": torch.__version__, "gpus": [{"name": gpu.name, "bytes": gpu.total_memory} for gpu in gpus],
        "plans": {plan: refusal(plan) for plan in PLANS}, "compile": compile_refusal(),
        "bytes": {plan: {"each": BYTES[plan], "shared": SHARED_BYTES[plan]} for plan in PLANS},
        "peakFlops": {name: matmul_peak(getattr(torch, name)) for name in ("bfloat16", "float32")},
        "fusedAttention": "" if HAS_SDPA else "this PyTorch has no scaled_dot_product_attention",
    }
    return {**found, "torchrun": torchrun_refusal()} if with_launcher else found


def matmul_peak(dtype, size=512, seconds=0.3):
    """Operations a second of the best of some products on one CPU thread: what shares of the peak refer to."""
    torch.set_num_threads(1)
    a, b = torch.ones(size, size, dtype=dtype), torch.ones(size, size, dtype=dtype)
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end or best == float("inf"):
        begun = time.perf_counter()
        torch.mm(a, b)
        best = min(best, time.perf_counter() - begun)
    return 2 * size**3 / best


def torchrun_refusal():
    """Why torchrun can't start a process here, found out by letting it start `true`, or an empty string. Takes seconds."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=1", "--no_python", "true"]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return "torchrun did not end within 120 s"
    last = (ended.stderr.strip().splitlines() or [f"exit {ended.returncode}"])[-1]
    return "" if ended.returncode == 0 else f"torchrun fails here ({last[:160]})"
