"""deepseek_v3 against an independent reference; golden numbers of scales, YaRN and the gate; balance of experts."""

import tempfile
import unittest

from helpers import config, documents, metrics, torch, train

import json
import numpy as np
from lemma_trainer import models
from lemma_trainer.batches import build_packed, build_padded
from lemma_trainer.experts import Experts, choose_experts, sequence_balance
from lemma_trainer.models.deepseek_v3 import bias_rate
from lemma_trainer.models import PlainGradient
from lemma_trainer.optim import FlatAdamW
from lemma_trainer.parallel import Parallel
from lemma_trainer.rotary import frequencies, score_scale, table_scale, yarn_range

YARN = {"type": "yarn", "factor": 4, "original_max_position_embeddings": 32, "beta_fast": 32, "beta_slow": 1, "mscale": 1.0, "mscale_all_dim": 0.7}
MODEL = {
    "model_type": "deepseek_v3", "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4, "first_k_dense_replace": 1,
    "q_lora_rank": 24, "kv_lora_rank": 16, "qk_nope_head_dim": 8, "qk_rope_head_dim": 8, "v_head_dim": 12, "intermediate_size": 48,
    "moe_intermediate_size": 16, "n_routed_experts": 8, "n_shared_experts": 2, "num_experts_per_tok": 3, "n_group": 4, "topk_group": 2,
    "routed_scaling_factor": 2.5, "norm_topk_prob": True, "scoring_func": "sigmoid", "topk_method": "noaux_tc", "rms_norm_eps": 1e-6,
    "rope_theta": 10000, "rope_scaling": YARN, "max_position_embeddings": 128, "tie_word_embeddings": False,
}


def reference_logits(tensors, tokens, model):
    """The definition in float64 NumPy, token by token from the Hugging Face tensors; nothing shared with the trainer."""
    w = {name: tensor.double().numpy() for name, tensor in tensors.items()}
    heads, nope, pe, value, latent = 4, 8, 8, 12, 16
    norm = lambda x, weight: x / np.sqrt((x * x).mean() + 1e-6) * weight
    silu = lambda x: x / (1 + np.exp(-x))
    mlp = lambda x, at: w[at + "down_proj.weight"] @ (silu(w[at + "gate_proj.weight"] @ x) * (w[at + "up_proj.weight"] @ x))
    scaling = model["rope_scaling"]
    scale, by = (nope + pe) ** -0.5, 1.0
    angles = [10000.0 ** (-2 * i / pe) for i in range(pe // 2)]
    if scaling:
        m = lambda k: 0.1 * k * np.log(4) + 1
        scale, by = scale * m(0.7) ** 2, m(1.0) / m(0.7)
        pair = lambda turns: pe * np.log(32 / (turns * 2 * np.pi)) / (2 * np.log(10000.0))
        low, high = max(np.floor(pair(32)), 0), min(np.ceil(pair(1)), pe - 1)
        ramps = [min(max((i - low) / max(high - low, 0.001), 0), 1) for i in range(pe // 2)]
        angles = [a * (1 - r) + a / 4 * r for a, r in zip(angles, ramps)]

    def rotate(x, position):
        out = np.empty_like(x)
        for i, angle in enumerate(angles):
            c, s = np.cos(position * angle) * by, np.sin(position * angle) * by
            out[2 * i], out[2 * i + 1] = x[2 * i] * c - x[2 * i + 1] * s, x[2 * i] * s + x[2 * i + 1] * c
        return out

    def experts(x, at):
        scores = 1 / (1 + np.exp(-(w[at + "gate.weight"] @ x)))
        biased = scores + w[at + "gate.e_score_correction_bias"]
        groups = biased.reshape(model["n_group"], -1)
        kept = np.argsort([-np.sort(g)[-2:].sum() for g in groups])[: model["topk_group"]]
        allowed = [i for i in range(8) if i // groups.shape[1] in kept]
        best = sorted(allowed, key=lambda i: -biased[i])[: model["num_experts_per_tok"]]
        total = sum(scores[i] for i in best)
        return sum(scores[i] / total * 2.5 * mlp(x, f"{at}experts.{i}.") for i in best) + mlp(x, at + "shared_experts.")

    states = [w["model.embed_tokens.weight"][t].copy() for t in tokens]
    for layer in range(3):
        p = f"model.layers.{layer}."
        a = p + "self_attn."
        keys, values = [], []
        for position, x in enumerate(states):
            h = norm(x, w[p + "input_layernorm.weight"])
            if a + "q_proj.weight" in w:
                q = w[a + "q_proj.weight"] @ h
            else:
                q = w[a + "q_b_proj.weight"] @ norm(w[a + "q_a_proj.weight"] @ h, w[a + "q_a_layernorm.weight"])
            down = w[a + "kv_a_proj_with_mqa.weight"] @ h
            kv = (w[a + "kv_b_proj.weight"] @ norm(down[:latent], w[a + "kv_a_layernorm.weight"])).reshape(heads, nope + value)
            shared = rotate(down[latent:], position)
            keys.append([np.concatenate([kv[i, :nope], shared]) for i in range(heads)])
            values.append(kv[:, nope:])
            mixed = []
            for i, one in enumerate(q.reshape(heads, nope + pe)):
                query = np.concatenate([one[:nope], rotate(one[nope:], position)])
                scores = np.array([query @ key[i] for key in keys]) * scale
                share = np.exp(scores - scores.max())
                mixed.append(sum(s * v[i] for s, v in zip(share / share.sum(), values)))
            states[position] = x + w[a + "o_proj.weight"] @ np.concatenate(mixed)
        for position, x in enumerate(states):
            h = norm(x, w[p + "post_attention_layernorm.weight"])
            states[position] = x + (mlp(h, p + "mlp.") if layer == 0 else experts(h, p + "mlp."))
    head = w.get("lm_head.weight", w["model.embed_tokens.weight"])
    return np.stack([head @ norm(x, w["model.norm.weight"]) for x in states])


def model_of(**changes):
    model = models.build({**MODEL, **changes}, torch.float32)
    model.initialise(1)
    generator = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(5 if parameter.dim() == 2 else 1.1)
        for layer in model.layers[1:]:
            layer.experts.bias.copy_(torch.randn(8, generator=generator) - 0.5)  # negative ones too
    return model


class Model(unittest.TestCase):
    def test_logits_are_those_of_the_definition(self):
        tokens = documents(1, seed=9)[0]
        for changes in ({}, {"q_lora_rank": None}, {"rope_scaling": None, "tie_word_embeddings": True}, {"n_group": 1, "topk_group": 1}):
            model = model_of(**changes)
            found = model.logits(build_padded([tokens], 128)).detach().numpy()[: len(tokens[0])]
            expected = reference_logits(model.to_hf(), tokens[0], model.config)
            np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-4)

    def test_packed_and_padded_agree(self):
        some, model = documents(4, seed=3), model_of()
        losses = []
        for batch in (build_padded(some, 256), build_packed(some, 256)):
            gradient = PlainGradient(model)
            model.zero_grad()
            loss = gradient.accumulate(batch, 1.0)
            losses.append((loss, [p.grad.clone() for p in model.parameters() if p.grad is not None]))
        self.assertAlmostEqual(losses[0][0], losses[1][0], places=3)
        for a, b in zip(losses[0][1], losses[1][1]):
            torch.testing.assert_close(a, b, rtol=1e-3, atol=1e-4)

    def test_hugging_face_names_round_trip(self):
        model, other = model_of(), models.build(MODEL, torch.float32)
        tensors = {name: tensor.clone() for name, tensor in model.to_hf().items()}
        for name, shape in (("self_attn.kv_a_proj_with_mqa.weight", (24, 32)), ("mlp.gate.e_score_correction_bias", (8,)),
                            ("mlp.experts.7.down_proj.weight", (32, 16)), ("mlp.shared_experts.up_proj.weight", (32, 32))):
            self.assertEqual(tuple(tensors["model.layers.2." + name].shape), shape)
        other.from_hf(tensors)
        for name, tensor in other.to_hf().items():
            self.assertTrue(torch.equal(tensor, tensors[name]), name)

    def test_what_it_cannot_train_is_refused(self):
        with self.assertRaisesRegex(ValueError, "scoring_func: expected 'sigmoid', found 'softmax'"):
            models.build({**MODEL, "scoring_func": "softmax"}, torch.float32)


class Golden(unittest.TestCase):
    """DeepSeek-V3's own numbers."""

    V3 = {"type": "yarn", "factor": 40, "original_max_position_embeddings": 4096, "beta_fast": 32, "beta_slow": 1, "mscale": 1.0, "mscale_all_dim": 1.0}

    def test_yarn(self):
        self.assertAlmostEqual(score_scale(192, self.V3), 0.135234, places=6)
        self.assertEqual(yarn_range(64, 10000, 4096, 32, 1), (10, 23))
        self.assertEqual(table_scale(self.V3), 1.0)
        plain, scaled = frequencies(64, 10000), frequencies(64, 10000, self.V3)
        torch.testing.assert_close(scaled[:11], plain[:11])
        torch.testing.assert_close(scaled[23:], plain[23:] / 40)

    def test_llama3(self):
        scaling = {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": 8192}
        plain, scaled = frequencies(128, 500000, scaling=None), frequencies(128, 500000, scaling)
        length = 2 * np.pi / plain.numpy()
        np.testing.assert_allclose(scaled[length < 2048], plain[length < 2048])
        np.testing.assert_allclose(scaled[length > 8192], plain[length > 8192] / 8)
        self.assertTrue(((scaled <= plain) & (scaled >= plain / 8)).all())

    def test_a_negative_bias_never_lets_a_masked_expert_in(self):
        scores = torch.tensor([[0.1, 0.2, 0.9, 0.8]])
        bias = torch.tensor([-9.0, -9.0, -9.0, -9.5])
        # All biased scores are below zero: with 0 in place of -inf for the other group, its experts would win.
        self.assertEqual(choose_experts(scores, bias, 2, 1, 2).sort().values.tolist(), [[2, 3]])
        self.assertEqual(choose_experts(scores, torch.tensor([9.0, 0, 0, 0]), 1, 1, 2).sort().values.tolist(), [[0, 2]])


class Balance(unittest.TestCase):
    def test_the_bias_follows_the_load_of_real_tokens(self):
        experts = Experts(MODEL, torch.float32)
        for parameter in experts.parameters():
            torch.nn.init.normal_(parameter)
        real = torch.tensor([True] * 5 + [False] * 3)
        _, _, chosen = experts(torch.randn(8, 32))
        experts.count_load(chosen, real)
        self.assertEqual(float(experts.load.sum()), 5 * 3)
        load = experts.load.clone()
        experts.balance(0.5)
        self.assertEqual(experts.bias.tolist(), (0.5 * torch.sign(15 / 8 - load)).tolist())
        self.assertEqual(float(experts.load.sum()), 0)

    def test_the_bias_follows_the_share_that_a_load_is_off(self):
        experts = Experts({**MODEL, "n_routed_experts": 4, "n_group": 1, "topk_group": 1}, torch.float32)
        experts.load.copy_(torch.tensor([10.0, 5.0, 25.0, 0.0]))
        experts.balance(0.03, proportional=True)
        self.assertTrue(torch.allclose(experts.bias, 0.03 * torch.tensor([0.0, 0.5, -1.0, 1.0])))
        self.assertEqual([bias_rate(0.03, 0.0), bias_rate(0.03, 0.95)], [0.03, 0.0])
        self.assertAlmostEqual(bias_rate(0.03, 0.45), 0.03 * 0.1**0.5)

    def test_sequence_balance_by_hand(self):
        scores = torch.tensor([[0.6, 0.2], [0.3, 0.9], [0.5, 0.5]])
        chosen = torch.tensor([[0], [1], [0]])
        # Document 0: loads (1, 1) of 2, so f = (1, 1); P sums to 1: 1. Document 1 is padding.
        self.assertAlmostEqual(float(sequence_balance(scores, chosen, torch.tensor([0, 0, -1]), 1)), 1.0, places=6)
        # All to expert 0: f = (2, 0); P_0 = (0.75 + 0.25) / 2.
        all_one = torch.tensor([[0], [0], [0]])
        self.assertAlmostEqual(float(sequence_balance(scores, all_one, torch.tensor([0, 0, -1]), 1)), 1.0, places=6)
        self.assertAlmostEqual(float(sequence_balance(scores[:1], all_one[:1], torch.tensor([0]), 1)), 1.5, places=6)


class Training(unittest.TestCase):
    def test_it_learns_a_batch_by_heart(self):
        model, batch = models.build(MODEL, torch.float32), build_padded(documents(6, seed=4), 256)
        model.initialise(1)
        optimiser, gradient = FlatAdamW(model, [0.9, 0.95], 0.0), PlainGradient(model)
        losses = []
        for _ in range(80):
            optimiser.zero_grad()
            losses.append(gradient.accumulate(batch, 1 / batch.loss_tokens) / batch.loss_tokens)
            optimiser.clip(1.0)
            optimiser.step(1e-2)
            model.after_step(Parallel())
        self.assertLess(losses[-1], losses[0] / 2)
        biases = torch.stack([layer.experts.bias for layer in model.layers[1:]])
        self.assertGreater(float(biases.abs().max()), 0)

    def test_two_ranks_do_as_one(self):
        results = []
        for ranks in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                path = config(folder, steps=6, batchTokens=512, microTokens=128)
                with open(path, encoding="utf-8") as file:
                    settings = json.load(file)
                settings["model"] = MODEL
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(settings, file)
                train(path, ranks)
                results.append(metrics(path))
        for step in range(1, 7):
            self.assertAlmostEqual(results[0][step][0], results[1][step][0], places=3)


if __name__ == "__main__":
    unittest.main()
