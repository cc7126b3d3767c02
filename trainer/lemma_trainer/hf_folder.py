"""Hugging Face folders: config.json and weights, in one file or in parts. Must not know architectures."""

import json
import os

from . import safetensors


def load_config(folder):
    """config.json as a dict. Raises FileNotFoundError where there is none."""
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        return json.load(file)


def load_weights(folder):
    """name -> tensor: of model.safetensors, or of the parts that model.safetensors.index.json names.

    Raises FileNotFoundError where neither is there, ValueError where a part lacks what the index promises.
    """
    whole, index = os.path.join(folder, "model.safetensors"), os.path.join(folder, "model.safetensors.index.json")
    if os.path.exists(whole):
        return safetensors.load_file(whole)
    if not os.path.exists(index):
        raise FileNotFoundError(f"{folder}: expected model.safetensors or model.safetensors.index.json, found neither")
    with open(index, encoding="utf-8") as file:
        places = json.load(file)["weight_map"]
    tensors = {}
    for part in sorted(set(places.values())):
        if os.path.basename(part) != part:
            raise ValueError(f"{index}: expected names of files beside it, found {part!r}")
        tensors.update(safetensors.load_file(os.path.join(folder, part)))
    missing = places.keys() - tensors.keys()
    if missing:
        raise ValueError(f"{index}: names {sorted(missing)[:4]}, which no part holds")
    return tensors


def save(folder, config, tensors):
    """Writes config.json and model.safetensors; the weights appear whole."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
        json.dump(config, file, indent=2)
    path = os.path.join(folder, "model.safetensors")
    safetensors.save_file(tensors, path + ".tmp", {"format": "pt"})
    os.replace(path + ".tmp", path)
