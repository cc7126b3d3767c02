"""DPO: the formula by hand and by finite differences, the reference cached, pairs kept together, and a run that learns to prefer."""

import json
import math
import os
import signal
import tempfile
import unittest

from helpers import MODEL, config, documents, start, torch, train

import numpy as np
from lemma_trainer import models, safetensors
from lemma_trainer.batches import build_padded
from lemma_trainer.config import Dpo
from lemma_trainer.objectives.dpo import DirectPreference, PairShards, PairStream, dpo_loss
from lemma_trainer.shards import write_shard


class Alone:
    """One rank."""

    rank, world = 0, 1

    def all_reduce(self, tensor):
        pass

    def barrier(self):
        pass


def pairs(count, seed=0):
    """Alternating documents: the chosen reply ends in 7s, the rejected one in 9s and is longer."""
    made = []
    for prompt, _ in documents(count, seed):
        for token, length in ((7, 3), (9, 5)):
            made.append((np.concatenate([prompt[:20], [token] * length]), np.array([0] * len(prompt[:20]) + [1] * length)))
    return made


class Formula(unittest.TestCase):
    def test_by_hand(self):
        # Margins 0.5 * ((-1 + 3) - (-2 + 2)) = 1 and 0.5 * ((-4 + 4) - (-1 + 5)) = -2.
        policy = torch.tensor([[-1.0, -2.0], [-4.0, -1.0]], dtype=torch.float64)
        reference = torch.tensor([[-3.0, -2.0], [-4.0, -5.0]], dtype=torch.float64)
        total, margins = dpo_loss(policy, reference, 0.5, 0.0)
        self.assertEqual(margins.tolist(), [1.0, -2.0])
        self.assertAlmostEqual(float(total), math.log(1 + math.exp(-1)) + math.log(1 + math.exp(2)), places=12)
        self.assertAlmostEqual(float(total), 0.313261687518 + 2.126928011043, places=9)
        smoothed, _ = dpo_loss(policy, reference, 0.5, 0.1)
        self.assertAlmostEqual(float(smoothed), 0.9 * (0.313261687518 + 2.126928011043) + 0.1 * (1.313261687518 + 0.126928011043), places=9)

    def test_by_finite_differences_through_the_model(self):
        with tempfile.TemporaryDirectory() as folder:
            write_shard(folder, pairs(6))
            stream = PairStream(PairShards([folder]), "padded", 512, 64, 1)
            batch = stream.build(np.arange(6))
            model = models.build({**MODEL, "tie_word_embeddings": False}, torch.float32)
            model.initialise(2)
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter.mul_(3 if parameter.dim() == 2 else 1)
            objective = DirectPreference(Dpo(beta=0.3, labelSmoothing=0.1))
            objective.reference_P2 = torch.randn(6, 2, dtype=torch.float64) * 2 - 20
            objective.loss(model, batch).backward()
            generator = torch.Generator().manual_seed(8)
            for name in ("head", "layers.0.qkv", "layers.1.down", "norm"):
                parameter = dict(model.named_parameters())[name]
                direction = torch.randn(parameter.shape, generator=generator)
                expected, step, ends = float((parameter.grad * direction).sum()), 2e-3, []
                for sign in (1, -1):
                    with torch.no_grad():
                        parameter.add_(direction, alpha=sign * step)
                        ends.append(float(objective.loss(model, batch)))
                        parameter.sub_(direction, alpha=sign * step)
                self.assertAlmostEqual((ends[0] - ends[1]) / (2 * step), expected, delta=2e-2 * abs(expected) + 1e-2, msg=name)

    def test_log_probabilities_of_replies_are_sums_over_their_tokens(self):
        with tempfile.TemporaryDirectory() as folder:
            some = pairs(9, seed=1)
            write_shard(folder, some)
            model = models.build(MODEL, torch.float32)
            model.initialise(2)
            expected = []
            with torch.no_grad():
                for tokens, mask in some:  # one document at a time, from whole logits in float64
                    logits = model.logits(build_padded([(tokens, mask)], 128))[: len(tokens)].double()
                    each = torch.log_softmax(logits[:-1], -1).gather(1, torch.tensor(tokens[1:])[:, None])[:, 0]
                    expected.append(float(each[torch.tensor(mask[1:]) > 0].sum()))
            for layout in ("padded", "packed"):
                stream = PairStream(PairShards([folder]), layout, 256, 4, 1)
                objective = DirectPreference(Dpo())
                objective.prepare(model, stream, Alone(), os.path.join(folder, layout), True)
                torch.testing.assert_close(objective.reference_P2, torch.tensor(expected, dtype=torch.float64).view(-1, 2), rtol=1e-5, atol=1e-4)


class Data(unittest.TestCase):
    def test_every_pair_is_whole_and_comes_once_an_epoch(self):
        with tempfile.TemporaryDirectory() as folder:
            some = pairs(50)
            write_shard(folder, some)
            shards = PairShards([folder])
            for layout in ("padded", "packed"):
                stream, seen = PairStream(shards, layout, 256, 16, 3), []
                while stream.epoch == 0:
                    (documents_,) = stream.take(1)
                    batch = stream.build(documents_)
                    seen.extend(batch.pairs.tolist())
                    for i, pair in enumerate(documents_):
                        for side in (0, 1):
                            own = batch.targets[batch.owner == 2 * i + side]
                            tokens, mask = some[2 * pair + side]
                            self.assertEqual(own.tolist(), tokens[mask > 0].tolist())
                self.assertEqual(sorted(seen), list(range(50)))
                self.assertEqual(sorted(int(i) for micro in stream.whole_pass() for i in micro), list(range(50)))

    def test_an_odd_document_or_an_empty_reply_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            write_shard(folder, pairs(2)[:3])
            with self.assertRaisesRegex(ValueError, "expected pairs of documents, found 3"):
                PairShards([folder])
            write_shard(folder, [(np.array([1, 2]), np.array([0, 0]))] * 2)
            with self.assertRaisesRegex(ValueError, "without learned tokens"):
                PairShards([folder])


class Runs(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def config(self, name, **stage):
        path = config(os.path.join(self.folder, name), kind="dpo", **{"dpo": {"beta": 0.5}, "learningRate": 3e-3, **stage})
        write_shard(os.path.join(self.folder, name, "shards"), pairs(200))
        return path

    def lines(self, name):
        with open(os.path.join(self.folder, name, "run", "metrics.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_it_learns_to_prefer_alike_on_one_rank_and_two(self):
        for name, ranks in (("one", 1), ("two", 2)):
            train(self.config(name), ranks)
        one, two = self.lines("one"), self.lines("two")
        self.assertAlmostEqual(one[0]["loss"], math.log(2), places=5)  # policy = reference
        self.assertEqual(one[0]["margin"], 0)
        self.assertLess(one[-1]["loss"], 0.5)
        self.assertEqual(one[-1]["preferred"], 1)
        for a, b in zip(one, two):
            self.assertAlmostEqual(a["loss"], b["loss"], delta=1e-3)
            self.assertAlmostEqual(a["margin"], b["margin"], delta=5e-3)

    def test_interrupted_equals_uninterrupted_with_the_first_reference(self):
        options = {"adapter": {"kind": "lora", "rank": 2, "alpha": 4, "targets": ["attention"]}, "learningRate": 2e-2}
        straight, broken = self.config("s", **options), self.config("b", **options)
        expected = train(straight)
        process = start(broken)
        for line in process.stdout:
            if '"step": 5,' in line and '"metrics"' in line:
                process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, errors)
        self.assertEqual(train(broken), expected)
        a, b = (safetensors.load_file(os.path.join(self.folder, name, "run", "stages", "0.reference.safetensors"))["reference"] for name in "sb")
        self.assertTrue(torch.equal(a, b))
        self.assertEqual(tuple(a.shape), (200, 2))

    def test_without_its_reference_a_run_does_not_go_on(self):
        path = self.config("a", steps=4)
        process = start(path)
        for line in process.stdout:
            if '"step": 2,' in line and '"metrics"' in line:
                process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        os.remove(os.path.join(self.folder, "a", "run", "stages", "0.reference.safetensors"))
        process = start(path)
        out, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        self.assertIn("expected the log-probabilities of the reference", out)


if __name__ == "__main__":
    unittest.main()
