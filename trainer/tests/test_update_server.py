"""The update server as a process: its answers, refusals, resume bit for bit, ranks, signals, the end of its input and of its launcher."""

import json
import os
import signal
import tempfile
import time
import unittest

import numpy as np
from helpers import torch
from rl_helpers import Server, made_replies, new_model, rl_config, true_logprobs, write_replies

from lemma_trainer import checkpoint, safetensors


class Folders(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name
        model = new_model()
        self.batches = []
        for seed in range(6):
            replies = made_replies(seed=seed)
            self.batches.append(write_replies(os.path.join(self.folder, f"batch{seed}"), replies, true_logprobs(model, replies)))

    def tearDown(self):
        self._folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder, name)

    def config(self, name, **fields):
        return rl_config(self.path(name), **fields)

    def final(self, name):
        return checkpoint.load(os.path.join(self.path(name), "run"), 6)

    def update(self, server, batches):
        answers = [server.ask("update", batch=batch) for batch in batches]
        for answer in answers:
            self.assertEqual(answer["event"], "update", answer)
        return [{key: value for key, value in answer.items() if key != "seconds"} for answer in answers]


class Talk(Folders):
    def test_a_stage_from_start_to_end(self):
        with Server(self.config("a")) as server:
            start = server.start
            self.assertEqual((start["event"], start["stage"], start["step"], start["lastStep"], start["ranks"], start["driver"]), ("start", 0, 0, 6, 1, None))
            path = self.path("w.safetensors")
            self.assertEqual(server.ask("weights", path=path), {"event": "weights", "step": 0, "path": path})
            written, expected = safetensors.load_file(path), new_model().to_hf()
            self.assertEqual(written.keys(), expected.keys())
            for name, tensor in written.items():
                self.assertEqual(tensor.dtype, torch.float32)
                self.assertTrue(torch.equal(tensor, expected[name]), name)
            answer = self.update(server, self.batches)[0]
            self.assertEqual(set(answer), {"event", "step", "loss", "gradNorm", "learningRate", "tokens", "lossTokens", "clipShare", "entropy", "kl", "weightMax", "dropped"})
            self.assertEqual(set(answer["kl"]), {"mean", "max"})
            self.assertLess(answer["kl"]["max"], 1e-4)
            self.assertEqual(answer["learningRate"], 1e-3)
            server.ask("weights", path=path)
            self.assertFalse(torch.equal(safetensors.load_file(path)["model.embed_tokens.weight"], expected["model.embed_tokens.weight"]))
            refused = server.ask("update", batch=self.batches[0])
            self.assertEqual((refused["event"], refused["command"]), ("error", "update"))
            self.assertIn("all 6 steps are done", refused["message"])
            done = server.ask("end", driver={"at": 6})
            self.assertEqual((done["event"], done["step"]), ("done", 6))
            self.assertEqual(server.process.wait(30), 0)
        with open(os.path.join(self.path("a"), "run", "stages", "0.done"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["step"], 6)
        self.assertEqual(self.final("a")[2]["driver"], {"at": 6})

    def test_scores(self):
        replies = made_replies(seed=1)
        for ranks in (1, 2):
            with self.subTest(ranks=ranks), Server(self.config(f"s{ranks}"), ranks) as server:
                path = self.path("scores.npy")
                self.assertEqual(server.ask("score", batch=self.batches[1], path=path), {"event": "score", "path": path})
                found = np.load(path)
                self.assertEqual(found.dtype, np.float32)
                np.testing.assert_allclose(found, np.concatenate(true_logprobs(new_model(), replies)), atol=1e-5)

    def test_what_can_t_be_done_is_said_and_the_talk_goes_on(self):
        def broken(name, column):
            folder = tempfile.mkdtemp(dir=self.path("."), prefix=f"broken-{name}-")
            write_replies(folder, made_replies(), [np.zeros(len(one[0])) for one in made_replies()])
            np.save(os.path.join(folder, f"{name}.npy"), column)
            return folder

        good = np.load(os.path.join(self.batches[0], "tokens.npy"))
        documents = np.load(os.path.join(self.batches[0], "documents.npy"))
        update = lambda batch: json.dumps({"command": "update", "batch": batch})
        with Server(self.config("a")) as server:
            for line, message in (
                ("{", "expected a JSON object"), ("[1]", "command: expected one of weights"), ('{"command":"dance"}', "expected one of weights"),
                ('{"command":["update"]}', "expected one of"), ('{"command":"update"}', "expected the fields batch, found none"),
                ('{"command":"weights","path":3}', "weights.path: expected a path, found 3"), ('{"command":"weights","path":"/nowhere/at/all"}', "a folder that is there"),
                ('{"command":"update","batch":"x","more":1}', "expected the fields batch"), (update(self.path("none")), "tokens.npy: expected a NumPy file"),
                (update(broken("rewards", np.float32([1]))), "rewards.npy: expected 12 numbers, one a document, found 1"),
                (update(broken("rewards", np.full(12, np.nan, np.float32))), "rewards.npy: expected finite numbers"),
                (update(broken("tokens", good + 64)), "tokens.npy: expected ids from 0 to 63"), (update(broken("tokens", good.astype(np.float32))), "whole numbers"),
                (update(broken("documents", documents[::-1])), "documents.npy: expected rising offsets"), (update(broken("documents", documents[:1])), "documents.npy: expected at least one"),
                (update(broken("loss", np.ones(len(good), np.uint8))), "loss.npy: expected 0 at the first token"),
                (update(broken("logprobs", np.full(len(good), 0.5, np.float32))), "logprobs.npy: expected finite log-probabilities"),
                (update(broken("groups", np.array([{}] * 12, dtype=object))), "groups.npy: expected a NumPy file"),
            ):
                with self.subTest(line=line[:60]):
                    answer = server.ask_line(line)
                    self.assertEqual(answer["event"], "error")
                    self.assertIn("command", answer)
                    self.assertIn(message, answer["message"])
            self.update(server, self.batches[:1])

    def test_an_engine_far_away_ends_the_process(self):
        path = self.config("a", grpo={"maxMeanKl": 0.02})
        replies = made_replies()
        batch = write_replies(self.path("far"), replies, [one * 1.5 for one in true_logprobs(new_model(), replies)])
        with Server(path) as server:
            answer = server.ask("update", batch=batch)
            self.assertEqual((answer["event"], "command" in answer), ("error", False))
            self.assertIn("grpo.maxMeanKl = 0.02", answer["message"])
            self.assertEqual(server.process.wait(30), 1)


class Lives(Folders):
    def test_interrupted_equals_uninterrupted(self):
        """Stopped by a signal, by the end of input and by a kill after a checkpoint: the same weights and moments to the bit."""
        grpo = {"minibatches": 2, "klWeight": 0.01}
        for optimiser in ("adamw", "muon"):
            fields = {"grpo": grpo, "optimiser": optimiser}
            with Server(self.config(f"{optimiser}s", **fields)) as server:
                expected = self.update(server, self.batches)
                server.ask("end", driver=None)
            path, found = self.config(f"{optimiser}b", **fields), []
            with Server(path) as server:
                found += self.update(server, self.batches[:2])
                server.process.send_signal(signal.SIGTERM)
                code, last = server.close()
                self.assertEqual((code, [line["event"] for line in last]), (3, ["checkpoint", "stopped"]))
            with Server(path) as server:
                self.assertEqual((server.start["step"], server.start["driver"]), (2, None))
                found += self.update(server, self.batches[2:3])
                self.assertEqual(server.ask("checkpoint", driver={"a": [1, "é"]})["step"], 3)
                self.update(server, self.batches[3:4])
                for pid in server.ranks():  # left alone they would write a checkpoint
                    os.kill(pid, signal.SIGKILL)
                self.assertNotIn(server.process.wait(60), (0, 3))
            with Server(path) as server:
                self.assertEqual((server.start["step"], server.start["driver"]), (3, {"a": [1, "é"]}))
                found += self.update(server, self.batches[3:5])
                self.assertEqual(server.close()[0], 3)  # end of input
            with Server(path) as server:
                self.assertEqual((server.start["step"], server.start["driver"]), (5, {"a": [1, "é"]}))
                found += self.update(server, self.batches[5:])
                server.ask("end", driver=None)
            self.assertEqual(found, expected)
            for one, other in zip(self.final(f"{optimiser}s")[:2], self.final(f"{optimiser}b")[:2]):
                self.assertEqual(one.keys(), other.keys())
                for name in one:
                    self.assertTrue(torch.equal(one[name], other[name]), name)

    def test_two_ranks_equal_one(self):
        found = []
        for ranks in (1, 2, 3):
            with Server(self.config(str(ranks), grpo={"minibatches": 2, "klWeight": 0.1}), ranks) as server:
                self.assertEqual(server.start["ranks"], ranks)
                found.append(self.update(server, self.batches[:3]))
                path = self.path(f"{ranks}.safetensors")
                server.ask("weights", path=path)
                self.assertEqual(server.ask("end", driver=1)["event"], "done")
                self.assertEqual(server.process.wait(30), 0)
        first = safetensors.load_file(self.path("1.safetensors"))
        for ranks in (2, 3):
            for one, other in zip(found[0], found[ranks - 1]):
                for name in ("loss", "gradNorm", "entropy", "weightMax", "clipShare", "klReference"):
                    self.assertAlmostEqual(one[name], other[name], delta=1e-3 * max(1, abs(one[name])), msg=name)
                self.assertEqual((one["lossTokens"], one["dropped"]), (other["lossTokens"], other["dropped"]))
            other = safetensors.load_file(self.path(f"{ranks}.safetensors"))
            for name, tensor in first.items():
                self.assertLess(float((tensor - other[name]).abs().max()), 1e-3, name)

    def test_two_ranks_are_stopped_while_they_wait(self):
        with Server(self.config("a"), 2) as server:
            refused = server.ask("update", batch="nowhere")
            self.assertEqual(refused["event"], "error")
            self.update(server, self.batches[:1])
            server.process.send_signal(signal.SIGTERM)
            code, last = server.close()
            self.assertEqual((code, last[-1]), (3, {"event": "stopped", "step": 1}))
        self.assertEqual(checkpoint.steps(os.path.join(self.path("a"), "run")), [1])

    def test_ranks_end_when_the_launcher_is_killed(self):
        with Server(self.config("a"), 2) as server:
            self.update(server, self.batches[:1])
            ranks = server.ranks()
            self.assertEqual(len(ranks), 2)
            server.process.kill()
            deadline = time.monotonic() + 30
            while any(os.path.exists(f"/proc/{pid}") for pid in ranks) and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertFalse([pid for pid in ranks if os.path.exists(f"/proc/{pid}")])
        self.assertEqual(checkpoint.steps(os.path.join(self.path("a"), "run")), [1])

    def test_another_config_is_refused_but_a_limit_may_change(self):
        with Server(self.config("a")) as server:
            self.update(server, self.batches[:1])
            self.assertEqual(server.close()[0], 3)
        with Server(self.config("a", grpo={"maxMeanKl": 50.0})) as server:
            self.assertEqual(server.start["step"], 1)
        with Server(self.config("a", grpo={"clipHigh": 0.3})) as server:
            self.assertIn("made with another config", server.start["message"])
            self.assertEqual(server.process.wait(30), 1)

    def test_a_stage_after_supervised_training(self):
        from helpers import config, train

        path = config(self.path("a"), steps=3, checkpointSteps=3, keepCheckpoints=1)
        train(path)
        with open(path, encoding="utf-8") as file:
            raw = json.load(file)
        raw["stages"].append({"kind": "grpo", "shards": [], "steps": 2, "learningRate": 1e-3, "microTokens": 64, "batchTokens": 64, "keepCheckpoints": 1,
                              "grpo": {"maxTokens": 16, "maxMeanKl": 100.0, "klWeight": 0.1}})
        with open(path, "w", encoding="utf-8") as file:
            json.dump(raw, file)
        run = os.path.join(self.path("a"), "run")
        before = checkpoint.load(run, 3)[0]
        for step in (3, 4):  # the second time from this stage's own checkpoint
            with Server(path, stage=1) as server:
                self.assertEqual((server.start["stage"], server.start["step"], server.start["lastStep"]), (1, step, 5))
                if step == 3:
                    server.ask("weights", path=self.path("w.safetensors"))
                    written = safetensors.load_file(self.path("w.safetensors"))
                    self.assertTrue(all(torch.equal(before[name], written[name]) for name in before))
                self.update(server, self.batches[:1])
                server.ask("checkpoint", driver=step)
        self.assertEqual(checkpoint.steps(run), [5])
        reference = safetensors.load_file(os.path.join(run, "stages", "1.reference.safetensors"))
        self.assertTrue(all(torch.equal(before[name], reference[name]) for name in before))


if __name__ == "__main__":
    unittest.main()
