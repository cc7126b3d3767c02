"""qwen3_logprobs.py CONFIG.json WEIGHTS.safetensors TOKENS.json OUT.f32: the training model's log-probabilities in float32.

CONFIG.json is a model folder's config.json. Where WEIGHTS does not exist it is made: random weights from seed 1 with
matrices of deviation `initializer_range`. OUT gets tokens * vocabulary float32 numbers.
"""

import json
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "trainer"))
from lemma_trainer import batches, models, safetensors  # noqa: E402

config_path, weights_path, tokens_path, out_path = sys.argv[1:]
torch.set_num_threads(1)
with open(config_path, encoding="utf-8") as file:
    config = json.load(file)
with open(tokens_path, encoding="utf-8") as file:
    tokens = np.array(json.load(file))
model = models.build(config, torch.float32)
if os.path.exists(weights_path):
    model.from_hf(safetensors.load_file(weights_path))
else:
    model.initialise(1)
    generator = torch.Generator().manual_seed(2)
    for name, parameter in model.named_parameters():
        if parameter.dim() == 1:  # norms that are all ones would hide a swap
            parameter.data.add_(torch.randn(parameter.shape, generator=generator), alpha=0.1)
    safetensors.save_file(model.to_hf(), weights_path, {"format": "pt"})
batch = batches.build_packed([(tokens, np.ones(len(tokens), dtype=np.uint8))], len(tokens))
with torch.no_grad():
    torch.log_softmax(model.logits(batch), dim=-1).numpy().tofile(out_path)
