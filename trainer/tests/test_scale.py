"""Parallel plans: ZeRO-1 is DDP bit for bit, resumes over other numbers of ranks and other plans, recomputed layers, probes."""

import json
import os
import signal
import tempfile
import time
import unittest

import numpy as np
from helpers import FOLDER, MODEL, config, documents, metrics, start, torch, train
from test_deepseek import MODEL as EXPERTS

from lemma_trainer import checkpoint, models, plans, safetensors
from lemma_trainer.batches import build_padded
from lemma_trainer.config import ConfigError, Parallelism, load_config
from lemma_trainer.launch import slurm_environment
from lemma_trainer.models import PlainGradient
from lemma_trainer.muon import FlatMuon
from lemma_trainer.optim import FlatAdamW
from lemma_trainer.parallel import split_ranges
from lemma_trainer.sharded import ShardedAdamW


def settings(folder, parallel=None, model=None, **stage):
    """config.json with `parallel` and `model` set; returns its path."""
    path = config(folder, **stage)
    with open(path, encoding="utf-8") as file:
        value = json.load(file)
    value["parallel"], value["model"] = parallel or {}, model or value["model"]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)
    return path


class Plans(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def made(self, name, **fields):
        return settings(os.path.join(self.folder, name), **fields)

    def saved(self, path, step):
        return checkpoint.load(os.path.join(os.path.dirname(path), "run"), step)

    def assert_same(self, one, other, step):
        for a, b in zip(self.saved(one, step)[:2], self.saved(other, step)[:2]):
            self.assertEqual(a.keys(), b.keys())
            for name in a:
                self.assertTrue(torch.equal(a[name], b[name]), name)

    def stopped_at(self, path, step, ranks):
        """Trains with `ranks` until `step` is logged, then asks to stop; returns the step of the checkpoint."""
        process = start(path, ranks)
        for line in process.stdout:
            if f'"step": {step},' in line and '"metrics"' in line:
                process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, errors[-2000:])
        return checkpoint.steps(os.path.join(os.path.dirname(path), "run"))[-1]

    def test_zero1_is_ddp_bit_for_bit(self):
        for optimiser in ("adamw", "muon"):
            for kind, model in (("dense", MODEL), ("experts", EXPERTS)):
                with self.subTest(optimiser=optimiser, model=kind):
                    ddp, zero1 = (self.made(f"{optimiser}-{kind}-{plan}", parallel={"plan": plan}, optimiser=optimiser, model=model, steps=6)
                                  for plan in ("ddp", "zero1"))
                    self.assertEqual(train(ddp, 2), train(zero1, 2))
                    self.assert_same(ddp, zero1, 6)
                    self.assertEqual(self.saved(zero1, 6)[2]["plan"], "zero1")

    def test_zero1_interrupted_equals_uninterrupted(self):
        for optimiser in ("adamw", "muon"):
            with self.subTest(optimiser):
                fields = {"parallel": {"plan": "zero1"}, "optimiser": optimiser, "logSteps": 3}
                straight, broken = self.made(optimiser + "s", **fields), self.made(optimiser + "b", **{**fields})
                expected = train(straight, 2)
                step = self.stopped_at(broken, 6, 2)  # between two lines of metrics, most likely
                self.assertLess(step, 12)
                self.assertEqual(train(broken, 2), expected)
                self.assert_same(straight, broken, 12)

    def test_other_ranks_and_plans_continue(self):
        """The same samples in the same order, losses within 1e-4 over 50 steps."""
        fields = {"steps": 60, "checkpointSteps": 100}
        straight = self.made("s", **fields)
        expected = train(straight, 1)
        for name, first, second, optimiser in (
            ("12", (1, "ddp"), (2, "zero1"), "adamw"), ("21", (2, "zero1"), (1, "ddp"), "adamw"), ("dz", (2, "ddp"), (2, "zero1"), "adamw"),
        ):
            with self.subTest(name):
                path = self.made(name, parallel={"plan": first[1]}, optimiser=optimiser, **fields)
                stopped = self.stopped_at(path, 8, first[0])
                self.assertLess(stopped, 10 + 10)
                self.made(name, parallel={"plan": second[1]}, optimiser=optimiser, **fields)
                found = train(path, second[0])
                self.assertEqual(sorted(found), list(range(1, 61)))
                for step in range(stopped + 1, min(stopped + 50, 60) + 1):
                    self.assertLess(abs(found[step][0] - expected[step][0]), 1e-4 * expected[step][0] + 1e-6, f"step {step}")
                a, b = self.saved(straight, 60)[2], self.saved(path, 60)[2]
                for field in ("cursor", "tokens", "lossTokens", "updates"):
                    self.assertEqual(a[field], b[field])

    def test_a_plan_that_can_not_run_is_refused(self):
        if not plans.refusal("fsdp"):
            self.skipTest("this PyTorch has fully_shard")
        process = start(self.made("f", parallel={"plan": "fsdp"}), 1)
        out, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        self.assertIn("parallel.plan: expected a plan that this PyTorch can run, found fsdp: torch.distributed.fsdp has no fully_shard", out)

    @unittest.skipIf(plans.refusal("fsdp"), plans.refusal("fsdp"))
    def test_fsdp_is_ddp_up_to_rounding(self):
        for kind, model in (("dense", MODEL), ("experts", EXPERTS)):
            ddp, fsdp = (self.made(f"{kind}-{plan}", parallel={"plan": plan}, model=model) for plan in ("ddp", "fsdp"))
            a, b = train(ddp, 2), train(fsdp, 2)
            for step in a:
                self.assertAlmostEqual(a[step][0], b[step][0], delta=2e-4)
            for name, value in self.saved(ddp, 12)[0].items():
                self.assertTrue(torch.allclose(value, self.saved(fsdp, 12)[0][name], atol=1e-4), name)

    def test_faults_of_parallel_are_named(self):
        for parallel, message in (({"plan": "zero9"}, "parallel.plan: expected auto, ddp"), ({"zero": 1}, "parallel.zero: unknown field")):
            with self.assertRaisesRegex(ConfigError, message):
                load_config(self.made("c", parallel=parallel))


class Killed(unittest.TestCase):
    def test_in_the_middle_of_writing_a_checkpoint(self):
        """Each file of a checkpoint in turn is the last one begun when all processes are killed: the one before counts."""
        with tempfile.TemporaryDirectory() as folder:
            fields = {"steps": 8, "checkpointSteps": 2, "parallel": {"plan": "zero1"}}
            straight, killed = settings(os.path.join(folder, "s"), **fields), settings(os.path.join(folder, "k"), **fields)
            expected = train(straight, 2)
            run, middle = os.path.join(folder, "k", "run"), 0
            for moment in ("", "model.safetensors", "optimiser-00000.safetensors", "state.json.tmp"):
                for _ in range(4):
                    before = checkpoint.steps(run)
                    left = self.killed_when_there(killed, run, moment)
                    middle += left
                    for step in checkpoint.steps(run):
                        checkpoint.load(run, step)  # every numbered folder is whole
                    self.assertGreaterEqual(checkpoint.steps(run)[-1:], before[-1:])
                    if left:
                        break
                    if checkpoint.steps(run)[-1:] == [8]:
                        return self.assertGreater(middle, 0, "no kill hit the middle of a checkpoint")
            self.assertGreater(middle, 0, "no kill hit the middle of a checkpoint")
            self.assertEqual(train(killed, 2), expected)
            for name, value in checkpoint.load(os.path.join(folder, "s", "run"), 8)[0].items():
                self.assertTrue(torch.equal(value, checkpoint.load(run, 8)[0][name]), name)

    def killed_when_there(self, path, run, name):
        """Kills launcher and ranks when `name` appears in an unfinished checkpoint; returns whether one was left unfinished."""
        process = start(path, 2)
        process.stdout.readline()
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="utf-8") as file:
            ranks = [int(pid) for pid in file.read().split()]
        root = os.path.join(run, "checkpoints")
        unfinished = lambda: [one for one in os.listdir(root) if one.endswith(".tmp")] if os.path.isdir(root) else []
        old = set(checkpoint.steps(run))
        while process.poll() is None:
            if any(os.path.exists(os.path.join(root, one, name)) for one in unfinished() if int(one[1:-4]) not in old):
                break
        for pid in (*ranks, process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.communicate(timeout=60)
        return bool(unfinished())


class Sharding(unittest.TestCase):
    def test_ranges_cut_no_matrix(self):
        self.assertEqual(split_ranges(100, 2, [(30, 60)]), [(0, 60), (60, 100)])
        self.assertEqual(split_ranges(100, 4), [(0, 25), (25, 50), (50, 75), (75, 100)])
        self.assertEqual(split_ranges(10, 3, [(0, 9)]), [(0, 0), (0, 9), (9, 10)])
        random = np.random.default_rng(1)
        for _ in range(200):
            points = np.unique(random.integers(0, 1000, 12))
            solid = list(zip(points[0:-1:2].tolist(), points[1::2].tolist()))
            ranges = split_ranges(1000, int(random.integers(1, 9)), solid)
            self.assertEqual([ranges[0][0], ranges[-1][1]], [0, 1000])
            for (_, end), (start_, _) in zip(ranges, ranges[1:]):
                self.assertEqual(end, start_)
                self.assertFalse([one for one in solid if one[0] < end < one[1]])

    def test_muon_keeps_matrices_whole(self):
        model = models.build(EXPERTS, torch.float32)
        model.initialise(1)
        ranks = [FlatMuon(model, [0.9, 0.95], 0.1, rank=rank, world=3, shard=True) for rank in range(3)]
        taken = sum(len(parts) for one in ranks for parts in one._matrices.values())
        self.assertEqual(taken, sum(len(parts) for parts in ranks[0].groups.values()))
        self.assertEqual(sum(one.first.numel() for one in ranks), ranks[0].size)

    def test_one_rank_of_the_sharded_optimiser_is_adamw(self):
        flat_model, model = models.build(MODEL, torch.float32), models.build(MODEL, torch.float32)
        for one in (flat_model, model):
            one.initialise(1)
        flat, sharded = FlatAdamW(flat_model, [0.9, 0.95], 0.1), ShardedAdamW(model, [0.9, 0.95], 0.1)
        batch = build_padded(documents(6, seed=4), 256)
        for _ in range(3):
            norms = []
            for one, of in ((flat, flat_model), (sharded, model)):
                one.zero_grad()
                PlainGradient(of).accumulate(batch, 1 / batch.loss_tokens)
                norms.append(one.clip(0.5))
                one.step(1e-2)
            self.assertAlmostEqual(*norms, places=5)
        for a, b in zip(flat_model.to_hf().values(), model.to_hf().values()):
            self.assertTrue(torch.allclose(a, b, atol=1e-6))
        with tempfile.TemporaryDirectory() as folder:  # the moments fit each other's files
            checkpoint.save(folder, 3, model.to_hf(), sharded.state(), {"step": 3}, 1)
            flat.restore(checkpoint.Saved(folder, 3).moments, 3)
        self.assertTrue(torch.allclose(flat.first, sharded.state()["first"]))

    def test_a_missing_part_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            checkpoint.save(folder, 1, {}, {"ranges": torch.tensor([[0, 5]]), "first": torch.ones(5), "second": torch.ones(5)}, {}, 1)
            with self.assertRaisesRegex(ValueError, "hold 5 of the 6 numbers"):
                checkpoint.Saved(folder, 1).moments([(0, 6)])

    def test_random_states_come_back(self):
        import random

        draw = lambda: (random.random(), float(np.random.rand()), float(torch.rand(())))
        with tempfile.TemporaryDirectory() as folder:
            checkpoint.save(folder, 1, {}, {"ranges": torch.tensor([[0, 0]]), "first": torch.ones(0), "second": torch.ones(0)}, {}, 1)
            expected = draw()
            self.assertNotEqual(draw(), expected)
            checkpoint.Saved(folder, 1).restore_random(0)
            self.assertEqual(draw(), expected)


class Recomputed(unittest.TestCase):
    def test_gradients_are_equal_and_less_is_kept(self):
        for name, shape in (("dense", MODEL), ("experts", EXPERTS)):
            model, batch = models.build(shape, torch.float32), build_padded(documents(6, seed=4), 256)
            model.initialise(1)
            found, kept, loads = [], [], []
            for recompute in (False, True):
                model.recompute = recompute
                optimiser, saved = FlatAdamW(model, [0.9, 0.95], 0.1), {}

                def keep(tensor, saved=saved):
                    saved[tensor.storage().data_ptr()] = tensor.storage().nbytes()
                    return tensor

                with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
                    loss = model(batch)
                kept.append(sum(saved.values()))
                loss.backward()
                found.append((float(loss), optimiser.grads.clone()))
                loads.append([layer.experts.load.clone() for layer in model.layers if getattr(layer, "experts", None)])
                for layer in model.layers:
                    if getattr(layer, "experts", None):
                        layer.experts.load.zero_()
            with self.subTest(name):
                self.assertEqual(found[0][0], found[1][0])
                self.assertTrue(torch.equal(found[0][1], found[1][1]))
                self.assertLess(kept[1], kept[0] / 2)
                for a, b in zip(*loads):
                    self.assertTrue(torch.equal(a, b) and float(a.sum()) > 0)


class Probes(unittest.TestCase):
    def test_auto_takes_the_first_plan_that_fits(self):
        sharded = "zero1" if plans.refusal("fsdp") else "fsdp"
        self.assertEqual(plans.choose("auto", 8, 10**9, 0, "adamw"), "ddp")
        self.assertEqual(plans.choose("auto", 8, 10**9, 80e9, "adamw"), "ddp")
        self.assertEqual(plans.choose("auto", 8, 3 * 10**9, 80e9, "muon"), "zero1")
        self.assertEqual(plans.choose("auto", 8, 33 * 10**9, 80e9, "adamw"), sharded)
        self.assertEqual(plans.choose("zero1", 1, 10, 0, "adamw"), "ddp")
        with self.assertRaisesRegex(ConfigError, "muon needs whole matrices"):
            plans.choose("fsdp", 8, 10, 0, "muon")

    def test_compile_is_refused_where_it_is_missing(self):
        if not plans.compile_refusal():
            self.skipTest("this PyTorch has torch.compile")
        with self.assertRaisesRegex(ConfigError, "parallel.compile: .* has no torch.compile"):
            plans.prepare(None, None, Parallelism(compile=True), None, "cpu")

    def test_kernels_without_autograd_are_not_used_for_recomputation(self):
        model = models.build(MODEL, torch.float32)
        self.assertEqual(models.gradient_of(model, "auto", needs_autograd="because")[1:], ("plain", "because"))
        with self.assertRaisesRegex(ValueError, "expected auto or plain, found native: because"):
            models.gradient_of(model, "native", needs_autograd="because")

    def test_a_task_of_srun_knows_its_place(self):
        given = {"MASTER_ADDR": "a", "MASTER_PORT": "1", "SLURM_PROCID": "3", "SLURM_LOCALID": "1", "SLURM_NTASKS": "4"}
        made = slurm_environment(given)
        self.assertEqual([made[name] for name in ("RANK", "LOCAL_RANK", "WORLD_SIZE")], ["3", "1", "4"])
        with self.assertRaisesRegex(SystemExit, "found no SLURM_NTASKS"):
            slurm_environment({name: value for name, value in given.items() if name != "SLURM_NTASKS"})


if __name__ == "__main__":
    unittest.main()
