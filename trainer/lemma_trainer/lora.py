"""Low-rank adapters (E. Hu and others, 2021, arXiv 2106.09685): a matrix W acts as W + (alpha / rank) B A, and only A and B learn.

The matrices are those of the Hugging Face names, each with an A and a B of its own, also where the model keeps several of them as one
(q, k and v): so the adapter is what other tools expect of the exported folder. Two ways to compute, the same numbers:

- plain: `layers.linear` adds the product through A and B. W gets no gradient, dropout is possible.
- native kernels: they know nothing of adapters, and rewriting them for two thin products a matrix would gain little on models that fit a
  CPU. So W + (alpha / rank) B A is put into the weights before each step, the kernels compute the gradient dW of the whole, and
  the chain rule projects it once a step: dB = s dW A', dA = s B' dW (s = alpha / rank). Exact, at the memory of a full gradient.

Must not know: optimisers, objectives, which architecture it adapts.
"""

import json
import os

import torch
from torch import nn
import torch.nn.functional as F

from . import safetensors

ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj", "q_a_proj", "q_b_proj", "kv_a_proj_with_mqa", "kv_b_proj")
FEED_FORWARD = ("gate_proj", "up_proj", "down_proj")
PEFT_PREFIX = "base_model.model."


class Part:
    """One adapted matrix: its Hugging Face module name, the rows of the parameter that it is, and its A [r, I] and B [O, r]."""

    def __init__(self, module, rows, a, b):
        self.module, self.rows, self.a, self.b = module, rows, a, b


class ParameterAdapter:
    """The parts of one parameter of the model, in the order of their rows. Called by `layers.linear`."""

    def __init__(self, weight, parts, scale, dropout):
        self.weight, self.parts, self.scale, self.dropout, self.is_training = weight, parts, scale, dropout, True

    def __call__(self, x_NI):
        dropped = F.dropout(x_NI, self.dropout) if self.dropout and self.is_training and torch.is_grad_enabled() else x_NI
        outs, at = [], 0
        for part in self.parts:
            if part.rows.start > at:
                outs.append(x_NI.new_zeros(len(x_NI), part.rows.start - at))
            outs.append(F.linear(F.linear(dropped, part.a.to(x_NI.dtype)), part.b.to(x_NI.dtype)) * self.scale)
            at = part.rows.stop
        if at < len(self.weight):
            outs.append(x_NI.new_zeros(len(x_NI), len(self.weight) - at))
        return outs[0] if len(outs) == 1 else torch.cat(outs, dim=-1)


class Adapters(nn.Module):
    """All adapters of a model; its parameters are what the optimiser moves. Made by `attach`."""

    def __init__(self, model, options, adapted):
        super().__init__()
        self.options, self.adapted = options, adapted
        self.scale = options.alpha / options.rank
        self.parts = [part for one in adapted for part in one.parts]
        self.matrices = nn.ParameterList([matrix for part in self.parts for matrix in (part.a, part.b)])
        self._model, self._base = [model], None  # in a list: not a module of this one

    @torch.no_grad()
    def merged(self):
        """The model's weights under Hugging Face names with the adapters in them."""
        tensors = dict(self._model[0].to_hf())
        if self._base is None:  # else they are in already
            for part in self.parts:
                tensors[part.module + ".weight"] = tensors[part.module + ".weight"] + self.scale * (part.b @ part.a)
        return tensors

    def tensors(self):
        """name -> tensor as PEFT names them."""
        named = {}
        for part in self.parts:
            named[f"{PEFT_PREFIX}{part.module}.lora_A.weight"] = part.a.data
            named[f"{PEFT_PREFIX}{part.module}.lora_B.weight"] = part.b.data
        return named

    def load(self, folder):
        """Copies the matrices of an adapter's folder in. Raises ValueError where names or shapes do not fit."""
        found, own = safetensors.load_file(os.path.join(folder, "adapter_model.safetensors")), self.tensors()
        if found.keys() != own.keys():
            raise ValueError(f"{folder}: expected the adapters {sorted(own)[:2]}…, found {sorted(found)[:2]}…")
        for name, target in own.items():
            if found[name].shape != target.shape:
                raise ValueError(f"{folder}: {name}: expected {tuple(target.shape)}, found {tuple(found[name].shape)}")
            target.copy_(found[name])

    def save(self, folder, base):
        """Writes an adapter's folder: adapter_config.json and adapter_model.safetensors. `base`: name or folder of the base model."""
        os.makedirs(folder, exist_ok=True)
        safetensors.save_file(self.tensors(), os.path.join(folder, "adapter_model.safetensors"), {"format": "pt"})
        with open(os.path.join(folder, "adapter_config.json"), "w", encoding="utf-8") as file:
            json.dump(self.config(base), file, indent=2)
            file.flush()
            os.fsync(file.fileno())

    def config(self, base):
        """adapter_config.json as PEFT reads it. Module names are by their ends where all of that name are adapted, else whole."""
        leaves, chosen = sorted({part.module.rsplit(".", 1)[1] for part in self.parts}), {part.module for part in self.parts}
        everything = {name[: -len(".weight")] for name in self._model[0].to_hf() if name.endswith("_proj.weight") or name.endswith("_with_mqa.weight")}
        is_whole = all((name in chosen) == (name.rsplit(".", 1)[1] in leaves) for name in everything)
        return {
            "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": base, "r": self.options.rank,
            "lora_alpha": self.options.alpha, "lora_dropout": self.options.dropout, "target_modules": leaves if is_whole else sorted(chosen),
            "bias": "none", "fan_in_fan_out": False, "inference_mode": True, "init_lora_weights": True, "use_rslora": False,
            "use_dora": False, "modules_to_save": None, "layers_to_transform": None, "layers_pattern": None, "rank_pattern": {},
            "alpha_pattern": {}, "revision": None,
        }

    @torch.no_grad()
    def put_into_weights(self):
        """For native kernels: the model's weights become base + scale B A. The base is kept aside at the first call."""
        if self._base is None:
            self._base = [one.weight.data.clone() for one in self.adapted]
            for one in self.adapted:
                one.weight.adapter = None
        for one, base in zip(self.adapted, self._base):
            one.weight.data.copy_(base)
            for part in one.parts:
                one.weight.data[part.rows].addmm_(part.b, part.a, alpha=self.scale)

    @torch.no_grad()
    def project_gradient(self):
        """For native kernels: adds to A's and B's gradients what the weights' gradients mean for them."""
        for one in self.adapted:
            for part in one.parts:
                whole = one.weight.grad[part.rows]
                part.a.grad.addmm_(part.b.t(), whole, alpha=self.scale)
                part.b.grad.addmm_(whole, part.a.t(), alpha=self.scale)


class MergedGradient:
    """The native way to the gradient, for adapters: merge before the step, project after it."""

    def __init__(self, inner, adapters, model):
        self.inner, self.adapters, self.parameters = inner, adapters, list(model.parameters())
        for parameter in self.parameters:
            parameter.grad = torch.zeros_like(parameter.data)

    def refresh(self):
        self.adapters.put_into_weights()
        self.inner.refresh()

    def accumulate(self, batch, scale):
        return self.inner.accumulate(batch, scale)

    def finish(self):
        self.adapters.project_gradient()
        for parameter in self.parameters:
            parameter.grad.zero_()


def needs_autograd(options):
    """Why the native kernels can't be used, or an empty string."""
    return "dropout of adapters is not in the native kernels" if options.dropout else ""


def attach(model, options, seed):
    """Freezes `model` and puts adapters on the matrices that `options.targets` names. B is zero: nothing changes before the first step.

    A is drawn uniformly from +-1/sqrt(I), as PEFT does. Raises ValueError where a target names no matrix of the model.
    """
    model.requires_grad_(False)
    generator = torch.Generator().manual_seed(seed)
    owners = {id(parameter): parameter for parameter in model.parameters()}
    spans = [(p.data_ptr(), p.data_ptr() + p.numel() * p.element_size(), key) for key, p in owners.items()]
    found = {}
    hit = set()
    for name, view in model.to_hf().items():
        target = _target_of(name, view, options.targets)
        if target is None:
            continue
        hit.add(target)
        at = view.data_ptr()
        key = next(key for start, end, key in spans if start <= at < end)
        first = (at - owners[key].data_ptr()) // (view.element_size() * view.shape[1])
        out, width = view.shape
        a = nn.Parameter(((torch.rand(options.rank, width, generator=generator) * 2 - 1) / width**0.5).to(view.device))
        b = nn.Parameter(torch.zeros(out, options.rank, device=view.device))
        found.setdefault(key, []).append(Part(name[: -len(".weight")], slice(first, first + out), a, b))
    missed = [target for target in options.targets if target not in hit]
    if missed:
        raise ValueError(f"adapter.targets: {', '.join(missed)}: expected matrices of a {model.config['model_type']} model, found none")
    adapted = []
    for key, parts in found.items():
        parts.sort(key=lambda part: part.rows.start)
        owners[key].adapter = ParameterAdapter(owners[key], parts, options.alpha / options.rank, options.dropout)
        adapted.append(owners[key].adapter)
    return Adapters(model, options, adapted)


def _target_of(name, view, targets):
    """The entry of `targets` that names this matrix, or None. A leaf name means no routed expert; `experts` means these."""
    if view.dim() != 2 or not name.endswith(".weight"):
        return None
    leaf = name.split(".")[-2]
    if ".experts." in name:
        return "experts" if "experts" in targets else None
    if leaf in targets:
        return leaf
    group = "attention" if leaf in ATTENTION else "feed-forward" if leaf in FEED_FORWARD else None
    return group if group in targets else None
