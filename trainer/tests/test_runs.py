"""Whole runs: resumed equals uninterrupted bit for bit, two ranks equal one, kills at any moment leave a usable run."""

import json
import os
import random
import signal
import tempfile
import time
import unittest

from helpers import config, metrics, start, torch, train

from lemma_trainer import checkpoint, safetensors


class Runs(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def weights(self, path, step=12):
        return checkpoint.load(os.path.join(os.path.dirname(path), "run"), step)

    def assert_same(self, path, other):
        for a, b in zip(self.weights(path)[:2], self.weights(other)[:2]):
            self.assertEqual(a.keys(), b.keys())
            for name in a:
                self.assertTrue(torch.equal(a[name], b[name]), name)

    def test_learns_and_ends(self):
        path = config(os.path.join(self.folder, "a"), steps=120, learningRate=1e-2)
        lines = train(path)
        self.assertEqual(sorted(lines), list(range(1, 121)))
        self.assertLess(lines[120][0], lines[1][0] - 0.5)
        with open(os.path.join(self.folder, "a", "run", "stages", "0.done"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["step"], 120)

    def test_two_ranks_equal_one(self):
        one, two = config(os.path.join(self.folder, "1")), config(os.path.join(self.folder, "2"))
        a, b = train(one, 1), train(two, 2)
        for step in a:
            self.assertAlmostEqual(a[step][0], b[step][0], delta=2e-4)
            self.assertAlmostEqual(a[step][1], b[step][1], delta=2e-3)

    def test_interrupted_equals_uninterrupted(self):
        for optimiser in ("adamw", "muon"):
            with self.subTest(optimiser):
                self.interrupt_once(optimiser)

    def interrupt_once(self, optimiser):
        straight, broken = (config(os.path.join(self.folder, optimiser + name), optimiser=optimiser) for name in "sb")
        expected = train(straight, 2)
        process = start(broken, 2)
        for line in process.stdout:
            if '"step": 5,' in line and '"metrics"' in line:
                process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, errors)
        self.assertLess(checkpoint.steps(os.path.join(self.folder, optimiser + "b", "run"))[-1], 12)
        self.assertEqual(train(broken, 2), expected)
        self.assert_same(straight, broken)

    def test_killed_at_random_moments(self):
        seed = random.SystemRandom().randrange(10**6)
        print(f"\nkill moments from seed {seed}")
        moments = random.Random(seed)
        straight, killed = config(os.path.join(self.folder, "s")), config(os.path.join(self.folder, "k"), checkpointSteps=1)
        expected = train(straight)
        for _ in range(3):
            process = start(killed)
            reached = moments.randrange(1, 5)
            for line in process.stdout:
                if '"metrics"' in line:
                    reached -= 1
                if reached <= 0:
                    break
            time.sleep(moments.random() * 0.02)  # somewhere in or around writing a checkpoint
            process.kill()  # the launcher: its rank notices and ends
            process.communicate(timeout=120)
            run = os.path.join(self.folder, "k", "run")
            for step in checkpoint.steps(run):
                checkpoint.load(run, step)
        self.assertEqual(train(killed), expected)
        self.assert_same(straight, killed)

    def test_ranks_end_when_the_launcher_is_killed(self):
        process = start(config(os.path.join(self.folder, "a"), steps=100000, logSteps=50), 2)
        process.stdout.readline()
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="utf-8") as file:
            ranks = [int(pid) for pid in file.read().split()]
        self.assertEqual(len(ranks), 2)
        process.kill()
        process.communicate(timeout=60)  # ends when the last holder of the pipe does
        deadline = time.monotonic() + 20
        while any(os.path.exists(f"/proc/{pid}") for pid in ranks) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertFalse([pid for pid in ranks if os.path.exists(f"/proc/{pid}")])

    def test_another_config_is_refused(self):
        path = config(os.path.join(self.folder, "a"), steps=4)
        train(path)
        config(os.path.join(self.folder, "a"), steps=8, learningRate=1e-3)
        os.remove(os.path.join(self.folder, "a", "run", "stages", "0.done"))
        process = start(path)
        out, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        self.assertIn("made with another config", out)

    def test_faults_of_a_config_are_named(self):
        for stage, message in (
            ({"learningRat": 1}, "learningRat: unknown field"), ({"kind": "dream"}, "kind: expected one of"),
            ({"batchTokens": 100}, "batchTokens: expected a multiple"), ({"shards": [self.folder]}, "expected token shards"),
        ):
            process = start(config(os.path.join(self.folder, "a"), **stage))
            out, _ = process.communicate(timeout=120)
            with self.subTest(stage=stage):
                self.assertEqual(process.returncode, 1)
                self.assertIn(message, out)

    def test_a_diverged_run_stops_with_its_checkpoint(self):
        path = config(os.path.join(self.folder, "a"), learningRate=1e30, schedule={"warmupSteps": 0}, checkpointSteps=1)
        process = start(path)
        out, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        self.assertIn("is not finite", out)


class Files(unittest.TestCase):
    def test_safetensors_round_trip(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.safetensors")
            tensors = {
                "a": torch.randn(3, 5), "b": torch.randn(7).bfloat16(), "c": torch.arange(4), "d": torch.randn(2, 2).half(),
                "empty": torch.zeros(0, 4),
            }
            safetensors.save_file(tensors, path, {"format": "pt"})
            found = safetensors.load_file(path)
            self.assertEqual(found.keys(), tensors.keys())
            for name in tensors:
                self.assertEqual(found[name].dtype, tensors[name].dtype)
                self.assertTrue(torch.equal(found[name], tensors[name]))
            with open(path, "rb") as file:
                whole = file.read()
            for cut in (0, 7, 20, len(whole) - 1):
                with open(path, "wb") as file:
                    file.write(whole[:cut])
                with self.assertRaises(ValueError):
                    safetensors.load_file(path)


if __name__ == "__main__":
    unittest.main()
