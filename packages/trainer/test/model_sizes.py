"""What PyTorch has and keeps of models: for the test of recipe/model-size.ts. Reads one JSON object from standard input:

{"meta": [config, ...], "kept": [{"config", "dtype", "recompute", "documents", "length"}, ...]}; prints {"meta": [parameters], "kept": [bytes a token]}.
"""

import json
import os
import sys

import numpy as np
import torch
from torch.overrides import TorchFunctionMode

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "trainer"))
from lemma_trainer import models  # noqa: E402
from lemma_trainer.batches import build_padded  # noqa: E402


class OnMeta(TorchFunctionMode):
    """Tensors are made without memory, as `with torch.device("meta")` does in newer PyTorch."""

    FACTORIES = (torch.empty, torch.zeros, torch.ones, torch.arange, torch.tensor)

    def __torch_function__(self, function, types, arguments=(), named=None):
        named = dict(named or {})
        if function in self.FACTORIES:
            named.setdefault("device", "meta")
        return function(*arguments, **named)


def parameters(config):
    with OnMeta():
        model = models.build({**config, "max_position_embeddings": 8}, torch.bfloat16)
    assert all(parameter.is_meta for parameter in model.parameters())
    return sum(parameter.numel() for parameter in model.parameters())


def kept(case):
    """Bytes of all storages that autograd saves in a forward pass, without those of parameters (and their copies in another type), a token."""
    model = models.build(case["config"], getattr(torch, case["dtype"]))
    model.initialise(1)
    model.recompute = case["recompute"]
    random, length = np.random.default_rng(1), case["length"]
    documents = [(random.integers(1, 32, length), np.ones(length)) for _ in range(case["documents"])]
    batch = build_padded(documents, case["documents"] * length)
    weights = {tuple(parameter.shape) for parameter in model.parameters()}
    own = {parameter.data_ptr() for parameter in model.parameters()}
    saved = {}

    def keep(tensor):
        storage = tensor.storage()
        base = tensor if tensor._base is None else tensor._base
        # Copies of weights have a weight's shape, or its transposed one; none of the batch's tensors has.
        is_weight = storage.data_ptr() in own or tuple(base.shape) in weights or tuple(reversed(base.shape)) in weights
        if not is_weight:
            saved[storage.data_ptr()] = (storage.nbytes(), tensor)  # held, or its place is used again
        return tensor

    def keep_inputs(_layer, inputs):
        for tensor in inputs:
            if torch.is_tensor(tensor):
                keep(tensor)

    for layer in model.layers:  # recomputation holds a layer's inputs where hooks don't see them
        layer.register_forward_pre_hook(keep_inputs)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        loss = model(batch)
    del loss
    return sum(size for size, _ in saved.values()) / len(batch.tokens_N)


torch.set_num_threads(1)
asked = json.load(sys.stdin)
print(json.dumps({"meta": [parameters(config) for config in asked["meta"]], "kept": [kept(case) for case in asked["kept"]]}))
