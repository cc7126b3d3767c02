"""Cross-entropy in chunks: exact, never whole; pretraining learns all tokens; weights of messages reach the loss."""

import json
import os
import tempfile
import unittest

from helpers import MODEL, config, documents, torch, train

import numpy as np
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten
from lemma_trainer import layers, models
from lemma_trainer.batches import BatchStream, build_packed, build_padded
from lemma_trainer.config import Distill, Dpo
from lemma_trainer.layers import ChunkedCrossEntropy, chunked_choice, logit_rows
from lemma_trainer.objectives.distill import Distillation
from lemma_trainer.objectives.dpo import DirectPreference, PairShards, PairStream
from lemma_trainer.objectives.log_probabilities import ChunkedLogProbabilities
from lemma_trainer.shards import Shards, write_shard

VOCABULARY = 16384  # so large that logits of a batch would be the largest tensor of all by far
SHAPES = {
    "qwen3": {**MODEL, "vocab_size": VOCABULARY},
    "qwen2": {**MODEL, "model_type": "qwen2", "head_dim": None, "vocab_size": VOCABULARY},
    "llama": {**MODEL, "model_type": "llama", "vocab_size": VOCABULARY, "tie_word_embeddings": False},
    "deepseek_v3": {
        "model_type": "deepseek_v3", "vocab_size": VOCABULARY, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
        "q_lora_rank": 16, "kv_lora_rank": 16, "qk_nope_head_dim": 16, "qk_rope_head_dim": 8, "v_head_dim": 16, "intermediate_size": 32,
        "moe_intermediate_size": 16, "n_routed_experts": 4, "num_experts_per_tok": 2, "n_shared_experts": 1, "first_k_dense_replace": 1,
        "n_group": 1, "topk_group": 1, "norm_topk_prob": True, "routed_scaling_factor": 1.0, "rms_norm_eps": 1e-6, "rope_theta": 10000,
        "max_position_embeddings": 128, "tie_word_embeddings": False,
    },
}


class Largest(TorchDispatchMode):
    """The number of elements of the largest tensor that any operation returns."""

    def __init__(self):
        super().__init__()
        self.elements = 0

    def __torch_dispatch__(self, function, types, arguments=(), named=None):
        out = function(*arguments, **(named or {}))
        for tensor in tree_flatten(out)[0]:
            if isinstance(tensor, torch.Tensor):
                self.elements = max(self.elements, tensor.numel())
        return out


def pair_stream(folder, budget=2048):
    """A stream of pairs whose documents hold few prompts and long replies."""
    write_shard(folder, [(tokens, np.array([0] + [1] * (len(tokens) - 1))) for tokens, _ in documents(64, seed=3)])
    return PairStream(PairShards([folder]), "padded", budget, 64, 1)


class Memory(unittest.TestCase):
    """Rows of logits at once: 64, of a batch with over a thousand. The largest tensor allowed is the head and its gradient."""

    def setUp(self):
        self._numbers, layers.LOGIT_NUMBERS = layers.LOGIT_NUMBERS, 64 * VOCABULARY

    def tearDown(self):
        layers.LOGIT_NUMBERS = self._numbers

    def batch(self):
        return build_padded([(tokens, np.ones(len(tokens))) for tokens, _ in documents(40, seed=2)], 4096)

    def bounded(self, learned, run):
        with Largest() as seen:
            run()
        limit = VOCABULARY * 64
        self.assertGreater(learned * VOCABULARY, 8 * limit)  # the test would see it
        self.assertLessEqual(seen.elements, limit)

    def test_the_measure_sees_whole_logits(self):
        model, batch = models.build(SHAPES["qwen3"], torch.float32), self.batch()
        model.initialise(1)
        with Largest() as seen:
            model.logits(batch, batch.loss_at)
        self.assertGreaterEqual(seen.elements, len(batch.loss_at) * VOCABULARY)

    def test_no_objective_makes_whole_logits(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, shape in SHAPES.items():
                model, batch = models.build(shape, torch.float32), self.batch()
                model.initialise(1)
                with self.subTest(model=name, objective="cross-entropy"):
                    self.bounded(batch.loss_tokens, lambda: models.PlainGradient(model).accumulate(batch, 1.0))
                with self.subTest(model=name, objective="check"):
                    self.bounded(batch.loss_tokens, lambda: chunked_choice(*model.outputs(batch), model.dtype))
                stream = pair_stream(os.path.join(folder, name))
                preference = DirectPreference(Dpo())
                preference.reference_P2 = torch.zeros(len(stream.shards), 2, dtype=torch.float64)
                pairs = stream.build(stream.whole_pass()[0])
                with self.subTest(model=name, objective="dpo"):
                    self.bounded(pairs.loss_tokens, lambda: models.PlainGradient(model, preference.loss).accumulate(pairs, 1.0))
                distillation = Distillation.__new__(Distillation)
                distillation.teacher, distillation.options = models.build(SHAPES["llama"], torch.float32), Distill("teacher")
                distillation.teacher.initialise(2)
                distillation.teacher.requires_grad_(False)
                distillation._sums = torch.zeros(3, dtype=torch.float64)
                with self.subTest(model=name, objective="distill"):
                    self.bounded(batch.loss_tokens, lambda: models.PlainGradient(model, distillation.loss).accumulate(batch, 1.0))

    def test_the_native_kernels_neither(self):
        model, batch = models.build(SHAPES["qwen3"], torch.float32), self.batch()
        model.initialise(1)
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        gradient, name, why = models.gradient_of(model, "native")
        self.assertEqual(name, "native", why)
        self.bounded(batch.loss_tokens, lambda: gradient.accumulate(batch, 1.0))

    def test_rows_shrink_as_the_vocabulary_grows(self):
        layers.LOGIT_NUMBERS = self._numbers
        self.assertEqual([logit_rows(v) for v in (1024, 32768, 131072, 10**9)], [512, 512, 128, 16])


class Exact(unittest.TestCase):
    def inputs(self, dtype=torch.float64):
        generator = torch.Generator().manual_seed(5)
        hidden = torch.randn(700, 24, generator=generator, dtype=dtype)
        head = torch.randn(50, 24, generator=generator, dtype=dtype)
        return hidden, head, torch.randint(0, 50, (700,), generator=generator), torch.rand(700, generator=generator, dtype=dtype)

    def test_cross_entropy_equals_the_definition_in_float64(self):
        hidden, head, targets, weights = self.inputs()
        a, b = hidden.clone().requires_grad_(), head.clone().requires_grad_()
        expected = (torch.nn.functional.cross_entropy(a @ b.t(), targets, reduction="none") * weights).sum()
        (expected * 0.3).backward()
        c, d = hidden.float().requires_grad_(), head.float().requires_grad_()
        found = ChunkedCrossEntropy.apply(c, d, targets, weights.float(), torch.float32)
        (found * 0.3).backward()
        self.assertAlmostEqual(float(found), float(expected), delta=1e-5 * float(expected))
        torch.testing.assert_close(c.grad.double(), a.grad, rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(d.grad.double(), b.grad, rtol=1e-4, atol=1e-4)

    def test_log_probabilities_equal_the_definition_in_float64(self):
        hidden, head, targets, upstream = self.inputs()
        a, b = hidden.clone().requires_grad_(), head.clone().requires_grad_()
        expected = torch.log_softmax(a @ b.t(), -1).gather(1, targets[:, None])[:, 0]
        expected.backward(upstream)
        c, d = hidden.float().requires_grad_(), head.float().requires_grad_()
        found = ChunkedLogProbabilities.apply(c, d, targets, torch.float32)
        found.backward(upstream.float())
        torch.testing.assert_close(found.double(), expected, rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(c.grad.double(), a.grad, rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(d.grad.double(), b.grad, rtol=1e-4, atol=1e-4)

    def test_a_frozen_head_gets_no_gradient(self):
        hidden, head, targets, weights = self.inputs(torch.float32)
        hidden.requires_grad_()
        ChunkedCrossEntropy.apply(hidden, head, targets, weights, torch.float32).backward()
        self.assertIsNone(head.grad)
        self.assertGreater(float(hidden.grad.abs().max()), 0)


class Masks(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def test_pretraining_learns_every_token_but_the_first(self):
        some = documents(20, seed=6)
        write_shard(self.folder, some)
        masked, everything = Shards([self.folder]), Shards([self.folder], learn_all=True)
        self.assertEqual(everything.loss_counts.tolist(), [len(tokens) - 1 for tokens, _ in some])
        self.assertTrue((masked.loss_counts < everything.loss_counts).all())
        batch = BatchStream(everything, "packed", 2048, 64, 1).build(list(range(20)))
        self.assertEqual(batch.loss_tokens, sum(len(tokens) - 1 for tokens, _ in some))
        # What is predicted is the next token of the same document, everywhere.
        learned = batch.loss_at[: batch.loss_tokens]
        self.assertTrue(torch.equal(batch.tokens_N[learned + 1], batch.targets[: batch.loss_tokens]))
        self.assertFalse(set((batch.offsets[1:] - 1).tolist()) & set(learned.tolist()))

    def test_weights_scale_what_a_document_counts(self):
        some, weights = documents(3, seed=7), [1.0, 0.25, 3.0]
        write_shard(self.folder, some, weights=weights)
        shards = Shards([self.folder])
        self.assertEqual(shards.loss_weights.tolist(), [w * int(mask[1:].sum()) for (_, mask), w in zip(some, weights)])
        model = models.build(MODEL, torch.float32)
        model.initialise(1)
        alone = [float(model.loss(build_padded([document], 128))) for document in some]
        expected = sum(loss * w for loss, w in zip(alone, weights))
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        for layout, build in (("padded", build_padded), ("packed", build_packed)):
            batch = BatchStream(shards, layout, 256, 64, 1).build([0, 1, 2])
            for kernels in ("plain", "native"):
                found = models.gradient_of(model, kernels)[0].accumulate(batch, 1.0)
                self.assertAlmostEqual(found, expected, delta=1e-4 * expected)

    def test_a_weight_that_is_none_is_refused(self):
        for bad in ([1.0, 0.0], [1.0, float("nan")], [1.0]):
            write_shard(self.folder, documents(2), weights=bad)
            with self.assertRaisesRegex(ValueError, "weights.npy: expected 2 finite numbers above 0"):
                Shards([self.folder])

    def test_a_weighted_mean_is_what_a_run_reports(self):
        # One weight for all is no weight at all: the mean over weights stays.
        plain, half = (config(os.path.join(self.folder, name), steps=3) for name in ("a", "b"))
        folder = os.path.join(self.folder, "b", "shards")
        np.save(os.path.join(folder, "00000.weights.npy"), np.full(400, 0.5, dtype=np.float32))
        a, b = train(plain), train(half)
        for step in a:
            self.assertAlmostEqual(a[step][0], b[step][0], delta=2e-5)
            self.assertAlmostEqual(a[step][1], b[step][1], delta=2e-3)

    def test_a_pretraining_run_has_more_to_learn(self):
        path = config(os.path.join(self.folder, "a"), kind="pretrain", steps=2)
        train(path)
        with open(os.path.join(self.folder, "a", "run", "metrics.jsonl"), encoding="utf-8") as file:
            line = json.loads(file.readline())
        self.assertGreater(line["lossTokens"], 0.9 * line["tokens"])


if __name__ == "__main__":
    unittest.main()
