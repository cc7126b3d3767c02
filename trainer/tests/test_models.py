"""The model against an independent reference, its Hugging Face names, the optimiser, the schedule, the trace check."""

import json
import os
import tempfile
import unittest

from helpers import MODEL, documents, torch

import numpy as np
from lemma_trainer import models
from lemma_trainer.batches import build_padded
from lemma_trainer.config import Check, Schedule
from lemma_trainer.muon import MOMENTUM, UPDATE_RMS, FlatMuon, orthogonal
from lemma_trainer.optim import FlatAdamW, learning_rate
from lemma_trainer.trace_check import check_rows, load_rows, report


def reference_logits(tensors, tokens):
    """A dense decoder in float64 NumPy, token by token from the Hugging Face tensors: the definition, nothing shared. Norms of heads
    and biases are applied where there are any."""
    w = {name: tensor.double().numpy() for name, tensor in tensors.items()}
    heads, groups, width, eps = 4, 2, 32, MODEL["rms_norm_eps"]
    norm = lambda x, weight: x / np.sqrt((x * x).mean() + eps) * weight

    def rotate(x, position):
        out = np.empty_like(x)
        for i in range(width // 2):
            angle = position * 10000.0 ** (-2 * i / width)
            out[i] = x[i] * np.cos(angle) - x[i + width // 2] * np.sin(angle)
            out[i + width // 2] = x[i + width // 2] * np.cos(angle) + x[i] * np.sin(angle)
        return out

    states = [w["model.embed_tokens.weight"][t].copy() for t in tokens]
    for layer in range(MODEL["num_hidden_layers"]):
        p = f"model.layers.{layer}."
        keys, values = [], []
        for position, x in enumerate(states):
            h = norm(x, w[p + "input_layernorm.weight"])
            q, k, v = (w[f"{p}self_attn.{x}_proj.weight"] @ h + w.get(f"{p}self_attn.{x}_proj.bias", 0) for x in "qkv")
            q, k = q.reshape(heads, width), k.reshape(groups, width)
            values.append(v.reshape(groups, width))
            by_head = lambda x, name: norm(x, w[p + name]) if p + name in w else x
            keys.append([rotate(by_head(k[g], "self_attn.k_norm.weight"), position) for g in range(groups)])
            mixed = []
            for head in range(heads):
                query = rotate(by_head(q[head], "self_attn.q_norm.weight"), position)
                scores = np.array([query @ key[head * groups // heads] for key in keys]) / np.sqrt(width)
                share = np.exp(scores - scores.max())
                mixed.append(sum(s * value[head * groups // heads] for s, value in zip(share / share.sum(), values)))
            states[position] = x + w[p + "self_attn.o_proj.weight"] @ np.concatenate(mixed)
        for position, x in enumerate(states):
            h = norm(x, w[p + "post_attention_layernorm.weight"])
            gate, up = w[p + "mlp.gate_proj.weight"] @ h, w[p + "mlp.up_proj.weight"] @ h
            states[position] = x + w[p + "mlp.down_proj.weight"] @ (gate / (1 + np.exp(-gate)) * up)
    head = w.get("lm_head.weight", w["model.embed_tokens.weight"])
    return np.stack([head @ norm(x, w["model.norm.weight"]) for x in states])


class Model(unittest.TestCase):
    def test_logits_are_those_of_the_definition(self):
        for kind, tied in (("qwen3", True), ("qwen3", False), ("qwen2", True), ("llama", False)):
            model = models.build({**MODEL, "model_type": kind, "tie_word_embeddings": tied}, torch.float32)
            model.initialise(1)
            with torch.no_grad():
                for name, parameter in model.named_parameters():
                    parameter.mul_(5 if parameter.dim() == 2 else 1.1)
                    if name.endswith("bias"):
                        parameter.add_(torch.randn(parameter.shape, generator=torch.Generator().manual_seed(3)))
            tokens = documents(1, seed=9)[0]
            batch = build_padded([tokens], 128)
            found = model.logits(batch).detach().numpy()[: len(tokens[0])]
            np.testing.assert_allclose(found, reference_logits(model.to_hf(), tokens[0]), rtol=1e-4, atol=1e-4)

    def test_hugging_face_names_round_trip(self):
        model, other = (models.build(MODEL, torch.float32) for _ in range(2))
        model.initialise(1)
        other.initialise(2)
        tensors = {name: tensor.clone() for name, tensor in model.to_hf().items()}
        self.assertIn("model.layers.1.self_attn.k_norm.weight", tensors)
        self.assertEqual(tuple(tensors["model.layers.0.self_attn.k_proj.weight"].shape), (64, 32))
        self.assertEqual(len(tensors), 2 + 11 * MODEL["num_hidden_layers"])
        other.from_hf(tensors)
        for a, b in zip(model.parameters(), other.parameters()):
            self.assertTrue(torch.equal(a, b))
        del tensors["model.norm.weight"]
        with self.assertRaisesRegex(ValueError, "model.norm.weight"):
            other.from_hf(tensors)

    def test_adamw_equals_pytorch(self):
        torch.manual_seed(1)
        model, twin = (models.build(MODEL, torch.float32) for _ in range(2))
        model.initialise(1)
        twin.initialise(1)
        optimiser = FlatAdamW(model, [0.9, 0.95], 0.1)
        matrices = [p for p in twin.parameters() if p.dim() == 2]
        vectors = [p for p in twin.parameters() if p.dim() == 1]
        reference = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}], lr=1e-2, betas=(0.9, 0.95))
        for _ in range(5):
            for a, b in zip(model.parameters(), twin.parameters()):
                b.grad = torch.randn(b.shape)
                a.grad.copy_(b.grad)
            norm = optimiser.clip(1.0)
            self.assertAlmostEqual(norm, float(torch.nn.utils.clip_grad_norm_(twin.parameters(), 1.0)), places=3)
            optimiser.step(1e-2)
            reference.step()
        for a, b in zip(model.parameters(), twin.parameters()):
            torch.testing.assert_close(a.data, b.data, rtol=1e-5, atol=1e-6)

    def test_orthogonal_keeps_directions(self):
        torch.manual_seed(1)
        for shape in ((3, 16, 16), (2, 16, 40), (2, 40, 16)):
            matrices = torch.randn(shape) * 7
            u, _, v = torch.linalg.svd(matrices, full_matrices=False)
            found = torch.diagonal(u.mT @ orthogonal(matrices) @ v.mT, dim1=1, dim2=2)
            self.assertGreater(float(found.min()), 0.3)  # only a nearly singular matrix has values below 0.7
            self.assertGreater(float(found.median()), 0.65)
            self.assertLess(float(found.max()), 1.25)
        self.assertTrue(torch.equal(orthogonal(torch.zeros(1, 4, 4)), torch.zeros(1, 4, 4)))

    def test_muon_moves_matrices_whole_and_the_rest_as_adamw(self):
        torch.manual_seed(1)
        model, twin = (models.build(MODEL, torch.float32) for _ in range(2))
        model.initialise(1)
        twin.initialise(1)
        muon, adamw = FlatMuon(model, [0.9, 0.95], 0.1), FlatAdamW(twin, [0.9, 0.95], 0.1)
        momentum = {}
        for _ in range(3):
            gradient = torch.randn(muon.grads.shape)
            muon.grads.copy_(gradient)
            adamw.grads.copy_(gradient)
            expected = {}
            twin.from_hf(model.to_hf())  # one step from equal weights
            slots = twin.to_hf()
            for name, weight in model.to_hf().items():
                if weight.dim() == 2 and "embed" not in name:
                    at = (weight.data_ptr() - muon.values.data_ptr()) // 4
                    g = gradient[at : at + weight.numel()].view(weight.shape)
                    momentum[name] = MOMENTUM * momentum.get(name, 0) + g
                    update = orthogonal((g + MOMENTUM * momentum[name])[None])[0]
                    expected[name] = weight * (1 - 1e-2 * 0.1) - 1e-2 * UPDATE_RMS * max(weight.shape) ** 0.5 * update
            muon.step(1e-2)
            adamw.step(1e-2)
            self.assertEqual(len(expected), 7 * MODEL["num_hidden_layers"])
            for name, weight in model.to_hf().items():
                torch.testing.assert_close(weight, expected.get(name, slots[name]), rtol=1e-4, atol=1e-5)

    def test_schedules(self):
        cosine, wsd = Schedule(warmupSteps=10, floor=0.1), Schedule(kind="wsd", warmupSteps=10, floor=0.0, decayShare=0.2)
        self.assertAlmostEqual(learning_rate(cosine, 1.0, 0, 100), 0.1)
        self.assertAlmostEqual(learning_rate(cosine, 1.0, 9, 100), 1.0)
        self.assertAlmostEqual(learning_rate(cosine, 1.0, 99, 100), 0.1)
        self.assertAlmostEqual(learning_rate(wsd, 1.0, 79, 100), 1.0)
        self.assertAlmostEqual(learning_rate(wsd, 1.0, 99, 100), 0.0)

    def test_trace_check_finds_the_first_wrong_token(self):
        class Echo(torch.nn.Module):
            """Always chooses the token it has just read, plus one."""

            def __init__(self):
                super().__init__()
                self.weight = torch.nn.Parameter(torch.zeros(1))

            dtype = torch.float32

            def outputs(self, batch):
                return torch.nn.functional.one_hot(batch.tokens_N[batch.loss_at] + 1, 64).float(), torch.eye(64)

        rows = [
            {"tokens": [1, 2, 3, 4], "loss": [0, 1, 1, 1], "task": "count", "cell": "up"},
            {"tokens": [1, 2, 9, 10, 5], "loss": [0, 1, 1, 1, 1], "task": "count", "cell": "jump"},
            {"tokens": [7, 8], "loss": [0, 0], "task": "other", "cell": ""},
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "rows.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(json.dumps(row) for row in rows) + "\n")
            result = check_rows(Echo(), load_rows(Check(rows=path)))
        family = result["families"]["count"]
        self.assertEqual((result["rows"], result["right"], family["rows"], family["right"]), (3, 2, 2, 1))
        self.assertEqual((family["tokens"], family["tokensRight"]), (7, 5))
        self.assertEqual(family["cells"], {"jump": {"rows": 1, "right": 0}, "up": {"rows": 1, "right": 1}})
        self.assertEqual(family["first"], [{"count": 1, "expected": "[9]", "got": "[3]", "context": "[1, 2]"}])
        self.assertIn("count: 1/2 rows", report(result))


if __name__ == "__main__":
    unittest.main()
