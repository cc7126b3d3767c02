"""Sampling as people write it well in PyTorch: one batch, a preallocated KV cache in bf16, weights in bf16, nothing per token
in Python beyond the step. Qwen3 (arXiv 2505.09388).

python3 plain_sampler.py SPEC.json; SPEC: {folder (config.json, model.safetensors), prompts [[id]] of one length, new, threads,
seed}. Then, for every line on standard input, samples once and prints {"seconds"}.
"""

import json
import os
import sys
import time

import torch

DTYPES = {"BF16": torch.bfloat16, "F32": torch.float32}


def load_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    size = {"BF16": 2, "F32": 4}

    def read(entry):
        start, end = entry["data_offsets"]
        return torch.frombuffer(data, dtype=DTYPES[entry["dtype"]], offset=start, count=(end - start) // size[entry["dtype"]])

    return {name: read(entry).view(entry["shape"]) for name, entry in header.items() if name != "__metadata__"}


def norm(x, weight, eps):
    x = x.float()
    return (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * weight).to(torch.bfloat16)


class Sampler:
    """B sequences of one prompt length. Cache: [layer][B, G, T, d]; query heads of a group are rows of one product."""

    def __init__(self, folder, batch, length):
        with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
            c = self.config = json.load(file)
        raw = load_safetensors(os.path.join(folder, "model.safetensors"))
        wide, narrow = (lambda name: raw[name].float()), (lambda *names: torch.cat([raw[n].to(torch.bfloat16) for n in names]).t().contiguous())
        self.heads, self.groups, self.width, self.eps = c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"], c["rms_norm_eps"]
        self.layers = []
        for i in range(c["num_hidden_layers"]):
            at, mlp = f"model.layers.{i}.self_attn.", f"model.layers.{i}.mlp."
            self.layers.append({
                "norm1": wide(f"model.layers.{i}.input_layernorm.weight"), "norm2": wide(f"model.layers.{i}.post_attention_layernorm.weight"),
                "qkv": narrow(at + "q_proj.weight", at + "k_proj.weight", at + "v_proj.weight"), "out": narrow(at + "o_proj.weight"),
                "q_norm": wide(at + "q_norm.weight"), "k_norm": wide(at + "k_norm.weight"),
                "gate_up": narrow(mlp + "gate_proj.weight", mlp + "up_proj.weight"), "down": narrow(mlp + "down_proj.weight"),
            })
        self.embedding, self.norm = raw["model.embed_tokens.weight"].to(torch.bfloat16), wide("model.norm.weight")
        self.head = narrow("model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight")
        angle = torch.outer(torch.arange(length).float(), c["rope_theta"] ** (-torch.arange(0, self.width, 2).float() / self.width))
        self.cos, self.sin = angle.cos(), angle.sin()
        cache = lambda: [torch.empty(batch, self.groups, length, self.width, dtype=torch.bfloat16) for _ in self.layers]
        self.keys, self.values = cache(), cache()

    def forward(self, tokens_BS, start):
        """Logits [B, V] of the last of S new tokens, which stand at start to start + S - 1."""
        B, S = tokens_BS.shape
        end, per = start + S, self.heads // self.groups
        cos, sin = self.cos[start:end, None], self.sin[start:end, None]
        mask = None if S == 1 else torch.full((S, S), float("-inf")).triu(1).repeat(per, 1)
        x = self.embedding[tokens_BS].view(B * S, -1).float()
        for layer, keys, values in zip(self.layers, self.keys, self.values):
            qkv = (norm(x, layer["norm1"], self.eps) @ layer["qkv"]).view(B, S, -1, self.width)
            q, k, v = qkv.split([self.heads, self.groups, self.groups], dim=2)
            q, k = self.rotate(norm(q, layer["q_norm"], self.eps), cos, sin), self.rotate(norm(k, layer["k_norm"], self.eps), cos, sin)
            keys[:, :, start:end], values[:, :, start:end] = k.transpose(1, 2), v.transpose(1, 2)
            q = q.view(B, S, self.groups, per, self.width).permute(0, 2, 3, 1, 4).reshape(B, self.groups, per * S, self.width)
            scores = (q @ keys[:, :, :end].transpose(2, 3)).float() * self.width**-0.5
            if mask is not None:
                scores = scores + mask
            out = torch.softmax(scores, dim=-1).to(torch.bfloat16) @ values[:, :, :end]
            out = out.view(B, self.groups, per, S, self.width).permute(0, 3, 1, 2, 4).reshape(B * S, -1)
            x = x + (out @ layer["out"])
            gate, up = (norm(x, layer["norm2"], self.eps) @ layer["gate_up"]).float().chunk(2, dim=-1)
            x = x + ((torch.nn.functional.silu(gate) * up).to(torch.bfloat16) @ layer["down"])
        last = x.view(B, S, -1)[:, -1]
        return (norm(last, self.norm, self.eps) @ self.head).float()

    def rotate(self, x_BSHd, cos, sin):
        low, high = x_BSHd.float().chunk(2, dim=-1)
        return torch.cat([low * cos - high * sin, high * cos + low * sin], dim=-1).to(torch.bfloat16)

    @torch.no_grad()
    def sample(self, prompts_BS, new):
        """[B, new] tokens drawn at temperature 1."""
        made = torch.empty(len(prompts_BS), new, dtype=torch.int64)
        tokens, at = prompts_BS, 0
        for i in range(new):
            logits = self.forward(tokens, at)
            at += tokens.shape[1]
            tokens = torch.multinomial(torch.softmax(logits, dim=-1), 1)
            made[:, i] = tokens[:, 0]
        return made


def main(spec):
    torch.set_num_threads(spec["threads"])
    torch.manual_seed(spec["seed"])
    prompts = torch.tensor(spec["prompts"])
    sampler = Sampler(spec["folder"], len(prompts), prompts.shape[1] + spec["new"])
    sampler.sample(prompts, 8)
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        made = sampler.sample(prompts, spec["new"])
        print(json.dumps({"seconds": time.perf_counter() - started, "first": made[0].tolist()}), flush=True)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        main(json.load(file))
