"""What is seen of a run: FLOPs by hand, the peak, spikes, the best checkpoint, what is not finite."""

import json
import os
import tempfile
import unittest

from helpers import MODEL, config, documents, start, torch, train

from lemma_trainer import checkpoint, models
from lemma_trainer.best import Best, best_steps
from lemma_trainer.flops import flops_per_token, matmul_peak
from lemma_trainer.spikes import SpikeWatch


class Flops(unittest.TestCase):
    def test_by_hand(self):
        # Widths 32, 4 heads and 2 key/value heads of 32, feed-forward 48, 64 tokens, tied. Every matrix once a layer:
        attention, out, mlp = 32 * (128 + 64 + 64), 128 * 32, 3 * 32 * 48
        keys = (10 * 11 / 2 + 30 * 31 / 2) / 40  # documents of 10 and 30 tokens
        one = 6 * (attention + out + mlp) + 6 * 4 * 64 * keys
        last = 6 * (attention + 0.25 * (out + mlp)) + 6 * 4 * 64 * keys
        model = models.build(MODEL, torch.float32)
        self.assertAlmostEqual(flops_per_token(model, [10, 30], 0.25), one + last + 0.25 * 6 * 64 * 32, places=3)

    def test_only_used_experts_count(self):
        shape = {
            "model_type": "deepseek_v3", "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
            "q_lora_rank": 16, "kv_lora_rank": 16, "qk_nope_head_dim": 16, "qk_rope_head_dim": 16, "v_head_dim": 16,
            "intermediate_size": 64, "moe_intermediate_size": 16, "n_routed_experts": 8, "num_experts_per_tok": 2,
            "n_shared_experts": 1, "first_k_dense_replace": 1, "rms_norm_eps": 1e-6, "rope_theta": 10000, "max_position_embeddings": 64,
        }
        count = lambda **changes: flops_per_token(models.build({**shape, **changes}, torch.float32), [8], 1.0)
        expert = 6 * 3 * 32 * 16
        self.assertAlmostEqual(count(num_experts_per_tok=3) - count(), expert, places=3)
        self.assertAlmostEqual(count(n_routed_experts=16) - count(), 6 * 8 * 32, places=3)  # the gate's rows

    def test_peak_is_positive(self):
        self.assertGreater(matmul_peak(torch.float32, seconds=0.01), 1e8)


class Spikes(unittest.TestCase):
    def test_noise_is_silent_and_a_jump_is_told(self):
        watch = SpikeWatch()
        for step in range(100):
            self.assertIsNone(watch.look(step, 2.0 - step * 0.01 + 0.05 * (step % 2)))
        self.assertRegex(watch.look(100, 3.0), r"step 100: the loss jumped to 3\.000 \(median of the last 20 lines 1\.\d")
        self.assertIsNone(watch.look(101, 1.0))

    def test_a_level_that_stays_becomes_the_path(self):
        watch = SpikeWatch()
        told = [watch.look(step, 1.0 if step < 30 else 2.0) is not None for step in range(200)]
        self.assertTrue(told[30])
        self.assertFalse(any(told[:30] + told[60:]))


class BestCheckpoint(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def test_a_note_without_its_checkpoint_does_not_count(self):
        best = Best(self.folder, 0, "check")
        self.assertTrue(best.takes(4, 0.5))
        self.assertTrue(Best(self.folder, 0, "check").takes(4, 0.5), "killed before the checkpoint was whole")
        os.makedirs(os.path.join(self.folder, "checkpoints", "4"))
        self.assertFalse(Best(self.folder, 0, "check").takes(8, 0.5))
        self.assertTrue(Best(self.folder, 1, "loss").takes(9, 0.5), "another stage begins anew")
        os.makedirs(os.path.join(self.folder, "checkpoints", "9"))
        self.assertFalse(Best(self.folder, 1, "loss").takes(12, 0.6))
        self.assertEqual(best_steps(self.folder), {4, 9})
        self.assertFalse(Best(self.folder, 2, "off").takes(13, 1.0))

    def test_the_best_outlives_the_last(self):
        # A rate that explodes after the warm-up: the first checkpoint stays the best while later ones come and go.
        path = config(os.path.join(self.folder, "a"), steps=24, learningRate=0.3, clip=1e9, keepCheckpoints=1, keepBest="loss",
                      schedule={"kind": "constant", "warmupSteps": 24})
        train(path, 2)
        run = os.path.join(self.folder, "a", "run")
        with open(os.path.join(run, "best.json"), encoding="utf-8") as file:
            entry = json.load(file)["0"]
        with open(os.path.join(run, "metrics.jsonl"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        means = {}
        for end in range(4, 25, 4):
            part = lines[end - 4 : end]
            counts = [line["lossTokens"] - (lines[line["step"] - 2]["lossTokens"] if line["step"] > 1 else 0) for line in part]
            means[end] = sum(line["loss"] * count for line, count in zip(part, counts)) / sum(counts)
        self.assertEqual(entry["step"], min(means, key=means.get))
        self.assertAlmostEqual(entry["value"], min(means.values()), delta=1e-5)
        self.assertLess(entry["step"], 24)
        self.assertEqual(checkpoint.steps(run), [entry["step"], 24])
        self.assertTrue(all(0 < line["mfu"] for line in lines))

    def test_a_check_that_is_better_saves_at_once(self):
        rows = os.path.join(self.folder, "rows.jsonl")
        with open(rows, "w", encoding="utf-8") as file:
            for tokens, loss in documents(8, seed=9, longest=4):
                file.write(json.dumps({"tokens": tokens.tolist(), "loss": loss.tolist(), "task": "copy"}) + "\n")
        path = config(os.path.join(self.folder, "b"), steps=6, keepBest="check", check={"rows": rows, "everySteps": 3}, checkpointSteps=100)
        train(path, 2)
        run = os.path.join(self.folder, "b", "run")
        self.assertEqual(checkpoint.steps(run), [3, 6])
        self.assertEqual(len(best_steps(run)), 1)

    def test_check_without_rows_is_refused(self):
        process = start(config(os.path.join(self.folder, "c"), keepBest="check"))
        out, _ = process.communicate(timeout=120)
        self.assertRegex(out, r"stages\[0\]\.keepBest: check needs rows")

    def test_what_is_not_finite_is_named(self):
        process = start(config(os.path.join(self.folder, "d"), learningRate=1e30, schedule={"kind": "constant", "warmupSteps": 0}, clip=1e30))
        out, _ = process.communicate(timeout=120)
        self.assertNotEqual(process.returncode, 0)
        self.assertRegex(out, r'"warning".*(the loss is|the gradient of \S+ is not finite).*attempt 1')
        self.assertRegex(out, r"not when computed again either; lower learningRate")


if __name__ == "__main__":
    unittest.main()
