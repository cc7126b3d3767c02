"""One training stage from top to bottom: model, data, optimiser, loop. Read this first.

Gradients are sums over the tokens to be learned, divided by their number over all ranks and micro-batches of the step,
so the number of ranks and the layout of batches change nothing but rounding.
"""

import math
import os
import time

import torch

from . import checkpoint, hf_folder, lora, models, plans
from .best import Best, best_steps
from .config import ConfigError, stage_hash
from .flops import flops_per_token, measured_peak
from .layers import HAS_SDPA
from .metrics import Metrics, emit
from .objectives import objective_of
from .optim import learning_rate
from .parallel import Parallel
from .process import StopRequest, end_with_parent
from .sharded import gather_weights
from .spikes import SpikeWatch
from .trace_check import check_rows, load_rows


class TrainingError(RuntimeError):
    """Training can't go on; the message says why and what to do."""


def train_stage(config, index):
    """Trains stage `index`, continuing its newest checkpoint. Returns "done" or "stopped" (SIGTERM, SIGINT)."""
    stop = StopRequest(os.path.join(config.folder, "stop"))
    end_with_parent()
    torch.set_num_threads(1)
    torch.backends.mkldnn.enabled = True
    stage, parallel = config.stages[index], Parallel(config.device)
    lead = parallel.rank == 0
    os.makedirs(os.path.join(config.folder, "stages"), exist_ok=True)
    device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if config.device != "cpu" and torch.cuda.is_available() else "cpu"
    dtype = getattr(torch, config.dtype)

    # The model, and what an earlier stage or an interrupted run left.
    first_step = sum(earlier.steps for earlier in config.stages[:index])
    last_step = first_step + stage.steps
    model = models.build(config.model, dtype)
    model.initialise(stage.seed)
    torch.manual_seed(1000 * stage.seed + parallel.rank)  # for objectives that draw; kept in checkpoints
    if stage.init:
        model.from_hf(hf_folder.load_weights(stage.init))
    found = checkpoint.steps(config.folder)
    saved = checkpoint.Saved(config.folder, found[-1]) if found else None
    is_new = saved is None or saved.state["stage"] != index
    base = stage.init if index == 0 and stage.init else os.path.join(config.folder, "base", str(index))  # of adapters
    adapters = None
    if saved:
        model.from_hf(saved.weights() if is_new or not stage.adapter else hf_folder.load_weights(base))
    if stage.adapter:
        adapters = lora.attach(model.to(device), stage.adapter, stage.seed)
    objective = objective_of(stage, config)
    optimiser, plan_name = plans.prepare(model, stage, config.parallel, parallel, device, trained=adapters)
    micros = stage.batchTokens // stage.microTokens
    if micros % parallel.world:
        raise ConfigError(f"batchTokens: expected a multiple of {parallel.world} ranks * {stage.microTokens}, found {stage.batchTokens}")
    needs_autograd = plans.needs_autograd(config.parallel, plan_name) or (adapters and lora.needs_autograd(stage.adapter)) or ""
    gradient, kernels, why_plain = models.gradient_of(model, config.kernels, needs_autograd, objective.loss)
    if adapters and kernels == "native":
        gradient = lora.MergedGradient(gradient, adapters, model)
    fused = kernels == "native" or HAS_SDPA and device != "cpu"
    layout = stage.layout if stage.layout != "auto" else "packed" if fused else "padded"
    shards = objective.shards(stage.shards)
    longest, context = shards.longest, config.model["max_position_embeddings"]
    if longest > context:
        raise ConfigError(f"{', '.join(stage.shards)}: the longest document has {longest} tokens, the model's context {context}")
    stream = objective.stream(shards, layout, stage.microTokens, stage.pool, stage.seed)
    step, tokens, loss_tokens = first_step, 0, 0
    seen_loss, seen_count = 0.0, 0  # since the last line of metrics
    if saved:
        state = saved.state
        if state["stage"] == index:
            if state["config"] != stage_hash(config, index):
                raise ConfigError(f"{config.folder}: checkpoint {found[-1]} was made with another config; use a fresh run folder")
            if adapters:
                adapters.load(os.path.join(saved.path, "adapter"))
            optimiser.restore(saved.moments, state["updates"])
            saved.restore_random(parallel.rank)
            stream.restore(state["cursor"])
            step, tokens, loss_tokens = state["step"], state["tokens"], state["lossTokens"]
            seen_loss, seen_count = state["seenLoss"], state["seenCount"]
        elif state["stage"] > index or state["step"] != first_step:
            raise ConfigError(f"{config.folder}: checkpoint {found[-1]} belongs to stage {state['stage']}, not before stage {index}")

    if adapters and is_new and base != stage.init and lead:
        hf_folder.save(base, config.model, model.to_hf())
    objective.prepare(model, stream, parallel, os.path.join(config.folder, "stages", str(index)), is_new)

    def save():
        state = {"stage": index, "step": step, "tokens": tokens, "lossTokens": loss_tokens, "updates": optimiser.updates,
                 "seenLoss": seen_loss, "seenCount": seen_count, "cursor": stream.state(), "plan": plan_name, "config": stage_hash(config, index)}
        weights = gather_weights(model, lambda: models.build(config.model, dtype), parallel.rank) if plan_name == "fsdp" else model.to_hf()
        weights, also = (adapters.merged(), lambda folder: adapters.save(os.path.join(folder, "adapter"), base)) if adapters else (weights, None)
        path = checkpoint.save(config.folder, step, weights, optimiser.state(), state, stage.keepCheckpoints, best_steps(config.folder), also=also, parallel=parallel)
        if lead:
            emit("checkpoint", {"step": step, "path": path})

    def gradient_of_step(plan, weight):
        """Leaves the clipped gradient of the step in the optimiser. Returns (sum of losses, stop wanted, gradient norm)."""
        optimiser.zero_grad()
        for documents in plan[parallel.rank :: parallel.world]:
            batch = stream.build(documents).to(device)
            optimiser.spare[0] += gradient.accumulate(batch, optimiser.gradient_scale / (weight or 1))
        gradient.finish()
        optimiser.spare[1] = float(stop.requested)
        optimiser.reduce(parallel)
        norm = optimiser.clip(stage.clip)
        return *optimiser.spare.tolist(), norm

    def wrong_part(loss_sum):
        """What is not finite: the loss, or the first parameter whose gradient is not."""
        if not math.isfinite(loss_sum):
            return f"the loss is {loss_sum}"
        names = [name for name, one in model.named_parameters() if one.grad is not None and not bool(torch.isfinite(one.grad).all())]
        return f"the gradient of {names[0]} is not finite" if names else "the norm of the gradient is not finite"

    metrics = Metrics(config.folder, step) if lead else None
    best, spikes, best_loss, best_count = Best(config.folder, index, stage.keepBest, lead), SpikeWatch(), 0.0, 0
    needed, peak = flops_per_token(model, shards.lengths, shards.loss_counts.sum() / shards.lengths.sum()), measured_peak(dtype, device, parallel)
    rows = load_rows(stage.check) if stage.check and lead and plan_name != "fsdp" else None  # one rank alone can't run a shared-out model
    if lead:
        emit("start", {"stage": index, "step": step, "lastStep": last_step, "ranks": parallel.world, "layout": layout,
                       "parameters": optimiser.size, "plan": plan_name, "documents": len(stream.shards),
                       "kernels": kernels, "whyPlain": why_plain, "device": device,
                       "flopsPerToken": round(needed), "peakFlops": round(peak)})
    gradient.refresh()
    # The loop.
    seen_time, seen_steps, seen_tokens, seen_slots = time.time(), 0, 0, 0
    while step < last_step:
        plan = stream.take(micros)
        step_tokens = int(sum(stream.shards.lengths[documents].sum() for documents in plan))
        learned = int(sum(stream.shards.loss_counts[documents].sum() for documents in plan))
        weight = float(sum(stream.shards.loss_weights[documents].sum() for documents in plan))
        for attempt in (1, 2):
            loss_sum, stopping, norm = gradient_of_step(plan, weight)
            if math.isfinite(norm) and math.isfinite(loss_sum):
                break
            # Computed again: a fault of the machine does not come twice, a diverged model does.
            if lead:
                emit("warning", {"step": step, "message": f"step {step}: {wrong_part(loss_sum)} (attempt {attempt})"})
        else:
            raise TrainingError(f"step {step}: {wrong_part(loss_sum)}, and not when computed again either; lower learningRate. "
                                f"The last checkpoint of {config.folder} is sound.")
        seen_slots += stream.slots(plan)
        rate = learning_rate(stage.schedule, stage.learningRate, step - first_step, stage.steps)
        optimiser.step(rate)
        optimiser.exchange(parallel)
        if hasattr(model, "after_step") and not adapters:
            model.progress = (step - first_step) / stage.steps
            model.after_step(parallel)
        gradient.refresh()
        step, tokens, loss_tokens = step + 1, tokens + step_tokens, loss_tokens + learned
        seen_steps, seen_tokens, seen_loss, seen_count = seen_steps + 1, seen_tokens + step_tokens, seen_loss + loss_sum, seen_count + weight
        best_loss, best_count = best_loss + loss_sum, best_count + weight
        figures = objective.take(parallel) if step % stage.logSteps == 0 or step == last_step else None
        if lead and figures is not None:
            now = time.time()
            speed = seen_tokens / (now - seen_time)
            metrics.write({"stage": index, "step": step, "tokens": tokens, "lossTokens": loss_tokens,
                           "loss": round(seen_loss / (seen_count or 1), 6), "learningRate": rate, "gradNorm": round(norm, 4),
                           "tokensPerSecond": round(speed), "mfu": round(speed * needed / peak, 4), "padding": round(1 - seen_tokens / seen_slots, 4),
                           "secondsLeft": round((last_step - step) * (now - seen_time) / seen_steps),
                           "time": round(now, 3), **figures})
            spike = spikes.look(step, seen_loss / (seen_count or 1))
            if spike:
                emit("warning", {"step": step, "message": spike})
            seen_time, seen_steps, seen_tokens, seen_slots, seen_loss, seen_count = now, 0, 0, 0, 0.0, 0
        if stage.check and step % stage.check.everySteps == 0:
            right = torch.zeros(1, dtype=torch.float64, device=device)  # rank 0 looks, all decide
            if rows:
                found = check_rows(model, rows, config.tokenizer)
                emit("check", {"step": step, **found})
                right += found["right"] / max(1, found["rows"])
            parallel.all_reduce(right)
            if best.by == "check" and best.takes(step, float(right)):
                save()
        if stopping:
            save()
            parallel.barrier()
            if lead:
                emit("stopped", {"step": step})
            parallel.close()
            return "stopped"
        if step % stage.checkpointSteps == 0 or step == last_step:
            if best.by == "loss":
                best.takes(step, best_loss / (best_count or 1))
            best_loss, best_count = 0.0, 0
            if step < last_step:
                save()
    save()
    if lead:
        checkpoint.write_json(os.path.join(config.folder, "stages", f"{index}.done"), {"step": step, "tokens": tokens})
        emit("done", {"stage": index, "step": step, "tokens": tokens})
    parallel.barrier()
    parallel.close()
    return "done"
