"""The same loss and gradient from every path: padded, packed, one document alone, plain PyTorch, fused kernels."""

import unittest

from helpers import MODEL, documents, torch

from lemma_trainer import models, native
from lemma_trainer.batches import build_packed, build_padded
from lemma_trainer.optim import FlatAdamW


def model_and_grads(dtype=torch.float32, **changes):
    model = models.build({**MODEL, **changes}, dtype)
    model.initialise(3)
    generator = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.1)
            else:
                parameter.mul_(4)
    return model, FlatAdamW(model, [0.9, 0.95], 0.1)


def gradient(model, optimiser, batches, kernels):
    """(sum of losses, gradient) over batches."""
    optimiser.zero_grad()
    path, name, why = models.gradient_of(model, kernels)
    assert name == kernels, why
    path.refresh()
    loss = sum(path.accumulate(batch, 0.01) for batch in batches)
    return loss, optimiser.grads.clone()


class SameGradient(unittest.TestCase):
    def close(self, a, b, tolerance):
        self.assertAlmostEqual(a[0], b[0], delta=tolerance * abs(a[0]))
        self.assertLess(float((a[1] - b[1]).norm() / a[1].norm()), tolerance)

    def layouts(self, docs):
        alone = [build_padded([document], 128) for document in docs]
        return alone, [build_padded(docs, 512)], [build_packed(docs[:7], 512), build_packed(docs[7:], 512)]

    def test_packed_equals_padded_equals_alone(self):
        model, optimiser = model_and_grads()
        alone, padded, packed = self.layouts(documents(12))
        expected = gradient(model, optimiser, alone, "plain")
        self.assertGreater(float(expected[1].abs().max()), 0)
        for batches in (padded, packed):
            self.close(expected, gradient(model, optimiser, batches, "plain"), 1e-5)

    def test_kernels_equal_autograd(self):
        for changes in ({}, {"tie_word_embeddings": False}, {"head_dim": 64, "num_key_value_heads": 1}, {"num_key_value_heads": 4}):
            model, optimiser = model_and_grads(**changes)
            for batches in self.layouts(documents(12, seed=1)):
                with self.subTest(changes=changes, batches=len(batches)):
                    self.close(gradient(model, optimiser, batches, "plain"), gradient(model, optimiser, batches, "native"), 1e-5)

    def test_kernels_equal_autograd_in_bfloat16(self):
        model, optimiser = model_and_grads(torch.bfloat16)
        _, padded, packed = self.layouts(documents(12, seed=2))
        for batches in (padded, packed):
            self.close(gradient(model, optimiser, batches, "plain"), gradient(model, optimiser, batches, "native"), 0.03)

    def test_one_short_document_in_a_large_batch(self):
        # The padding of a packed batch may be longer than the context: its positions must stay inside the rotary tables.
        model, optimiser = model_and_grads()
        document = documents(1, seed=5)
        batch = build_packed(document, 2048)
        self.assertLess(int(batch.positions_N.max()), MODEL["max_position_embeddings"])
        expected = gradient(model, optimiser, [build_padded(document, 128)], "plain")
        for kernels in ("plain", "native"):
            self.close(expected, gradient(model, optimiser, [batch], kernels), 1e-5)

    def test_indices_outside_are_refused(self):
        model, _ = model_and_grads()
        for name, value in (("positions_N", 128), ("tokens_N", 64), ("targets", 64), ("loss_at", 512), ("tokens_N", -1)):
            batch = build_packed(documents(3), 512)
            getattr(batch, name)[0] = value
            path, _, _ = models.gradient_of(model, "native")
            with self.subTest(name=name), self.assertRaisesRegex(ValueError, "expected 0 to"):
                path.accumulate(batch, 1.0)


LATENT = {
    "model_type": "deepseek_v3", "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 2, "first_k_dense_replace": 1,
    "q_lora_rank": 32, "kv_lora_rank": 16, "qk_nope_head_dim": 16, "qk_rope_head_dim": 16, "v_head_dim": 32, "intermediate_size": 48,
    "moe_intermediate_size": 16, "n_routed_experts": 8, "n_shared_experts": 2, "num_experts_per_tok": 3, "n_group": 4, "topk_group": 2,
    "routed_scaling_factor": 2.5, "norm_topk_prob": True, "rms_norm_eps": 1e-6, "rope_theta": 10000, "max_position_embeddings": 128,
    "tie_word_embeddings": False, "aux_loss_alpha": 0.1,
}
YARN = {"type": "yarn", "factor": 4, "original_max_position_embeddings": 32, "mscale": 1.0, "mscale_all_dim": 0.7}


class LatentAttentionAndExperts(unittest.TestCase):
    """deepseek_v3: fused kernels against autograd, for every batch layout; the loads of the experts too."""

    close, layouts = SameGradient.close, SameGradient.layouts

    def compare(self, dtype, tolerance, seed, **changes):
        model, optimiser = model_and_grads(dtype, **{**LATENT, **changes})
        with torch.no_grad():
            for layer in model.layers[1:]:
                layer.experts.bias.copy_(torch.linspace(-0.2, 0.2, layer.experts.number))
        experts = [layer.experts for layer in model.layers if layer.experts is not None]
        for batches in self.layouts(documents(12, seed=seed)):
            with self.subTest(changes=changes, batches=len(batches)):
                found = []
                for kernels in ("plain", "native"):
                    for one in experts:
                        one.load.zero_()
                    found.append((gradient(model, optimiser, batches, kernels), [one.load.clone() for one in experts]))
                self.close(found[0][0], found[1][0], tolerance)
                for a, b in zip(found[0][1], found[1][1]):
                    self.assertLessEqual(float((a - b).abs().sum()), 0 if dtype == torch.float32 else 0.05 * float(a.sum()))
                self.each_parameter(model, optimiser, found[0][0][1], found[1][0][1], 5 * tolerance)

    def each_parameter(self, model, optimiser, a, b, tolerance):
        """No small parameter hides behind large ones."""
        at, sizes = 0, {name: parameter.numel() for name, parameter in model.named_parameters()}
        for name in optimiser.names:
            part = slice(at, at + sizes[name])
            at += sizes[name]
            self.assertLess(float((a[part] - b[part]).norm()), tolerance * float(a[part].norm()) + 1e-6, name)

    def test_kernels_equal_autograd(self):
        wide = {"qk_nope_head_dim": 32, "qk_rope_head_dim": 32, "v_head_dim": 64}
        for changes in ({}, wide, {**wide, "v_head_dim": 32, "rope_scaling": YARN}, {"q_lora_rank": None, "n_group": 1, "topk_group": 1},
                        {"n_shared_experts": 0, "num_experts_per_tok": 1, "norm_topk_prob": False, "tie_word_embeddings": True}):
            self.compare(torch.float32, 2e-5, 1, **changes)

    def test_kernels_equal_autograd_in_bfloat16(self):
        # Rounded scores may choose another expert of two that are level: the bound is wider than a dense model's.
        self.compare(torch.bfloat16, 0.06, 2, n_group=1, topk_group=1, num_experts_per_tok=8)

    def test_what_the_kernels_cannot_do_is_said(self):
        for changes, reason in (({"v_head_dim": 48}, "head widths"), ({"moe_intermediate_size": 24}, "multiples of 16")):
            model, _ = model_and_grads(**{**LATENT, **changes})
            _, name, why = models.gradient_of(model, "auto")
            self.assertEqual(name, "plain")
            self.assertIn(reason, why)


class Kernels(unittest.TestCase):
    def test_exp_and_losses_at_the_edges(self):
        kernels, why = native.load()
        self.assertIsNotNone(kernels, why)
        logits = torch.zeros(3, 32)
        logits[0, 5], logits[1, 5], logits[2] = 300.0, -300.0, -1e4
        targets, weights = torch.tensor([5, 5, 0]), torch.tensor([1.0, 1.0, 0.5])
        expected = (torch.nn.functional.cross_entropy(logits.double(), targets, reduction="none") * weights).sum()
        self.assertAlmostEqual(kernels.cross_entropy(logits, targets, weights, 1.0), float(expected), places=4)
        self.assertTrue(torch.isfinite(logits).all())
        gate_up = torch.cat([torch.linspace(-200, 200, 64)[None], torch.ones(1, 64)], dim=1)
        out = torch.empty(1, 64)
        kernels.swiglu(gate_up, out)
        torch.testing.assert_close(out[0], torch.nn.functional.silu(gate_up[0, :64]), rtol=1e-6, atol=1e-6)


if __name__ == "__main__":
    unittest.main()
