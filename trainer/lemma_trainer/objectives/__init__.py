"""What a stage minimises, one file each. train.py knows this much of an objective:

- `shards(stage, model, config)`: what the stage learns from, and `stream(...)`: how it is laid out in micro-batches;
- `loss`: (model, batch) → sum over the micro-batch, or None for plain cross-entropy (which the native kernels have too);
- `prepare(...)`: work before the first step, such as a reference's log-probabilities;
- `take(parallel)`: figures for the next line of metrics, from all ranks, since the last one.

The loss of a step is the sum over its micro-batches divided by the sum of `shards.loss_weights` of its documents.
"""

from .cross_entropy import CrossEntropy
from .distill import Distillation
from .dpo import DirectPreference


def objective_of(stage, config):
    """The objective of a stage."""
    if stage.kind == "dpo":
        return DirectPreference(stage.dpo)
    if stage.kind == "distill" and stage.distill is not None:
        return Distillation(stage.distill, config)
    return CrossEntropy(learn_all=stage.kind == "pretrain")
