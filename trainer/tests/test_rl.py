"""The update of reinforcement learning: formulas by hand and by finite differences, the gradient against autograd, the server as a process."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

import helpers
from lemma_trainer import models, safetensors
from lemma_trainer.config import Grpo, load_config
from lemma_trainer.rl.batch import read_replies
from lemma_trainer.rl.formulas import advantages, surrogate, token_weights
from lemma_trainer.rl.server import Server


def settings(**changes):
    return Grpo(**{"problems": 2, "groupSize": 3, "maxTokens": 20, **changes})


def write_replies(folder, rewards, groups, logprobs=None, truncated=None, seed=3):
    """Replies of random tokens: prompts of 3 to 6 tokens, then 2 to 9 sampled ones."""
    random = np.random.default_rng(seed)
    os.makedirs(folder, exist_ok=True)
    parts, masks = [], []
    for _ in rewards:
        prompt, sampled = int(random.integers(3, 7)), int(random.integers(2, 10))
        parts.append(random.integers(1, 64, prompt + sampled))
        masks.append(np.array([0] * prompt + [1] * sampled))
    tokens, loss = np.concatenate(parts).astype(np.uint16), np.concatenate(masks).astype(np.uint8)
    columns = {
        "tokens": tokens, "loss": loss, "documents": np.cumsum([0] + [len(part) for part in parts]).astype(np.int64),
        "logprobs": np.zeros(len(tokens), np.float32) if logprobs is None else logprobs,
        "rewards": np.array(rewards, np.float32), "groups": np.array(groups, np.int32),
        "truncated": np.array(truncated or [0] * len(rewards), np.uint8),
    }
    for name, column in columns.items():
        np.save(os.path.join(folder, name + ".npy"), column)
    return folder


def grpo_config(folder, stage=None, **changes):
    fields = {"problems": 2, "groupSize": 3, "maxTokens": 20, "maxMeanKl": 100.0, **changes}
    return helpers.config(folder, kind="grpo", shards=[], steps=5, schedule={"kind": "constant", "warmupSteps": 0}, weightDecay=0.0, grpo=fields, **(stage or {}))


class Formulas(unittest.TestCase):
    def test_advantages_by_hand(self):
        rewards, groups = [1.0, 0.0, 0.0, 1.0, 0.5, 0.5], [0, 0, 0, 0, 7, 7]
        centred, equal = advantages(rewards, groups, "none")
        np.testing.assert_allclose(centred, [0.5, -0.5, -0.5, 0.5, 0, 0])
        self.assertEqual(equal.tolist(), [False] * 4 + [True] * 2)
        np.testing.assert_allclose(advantages(rewards, groups, "group")[0], [1, -1, -1, 1, 0, 0], atol=1e-5)
        deviation = np.std(rewards)  # of the step
        np.testing.assert_allclose(advantages(rewards, groups, "batch")[0][:4], np.array([0.5, -0.5, -0.5, 0.5]) / deviation, rtol=1e-5)

    def test_weights_by_hand(self):
        log = np.log
        # Probabilities before the step are those of the engine, but for the last token, where the cap acts.
        advantage, before = np.array([1.0, 1.0, -1.0, -1.0, -1.0, 2.0]), log([0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
        now = log([0.55, 0.7, 0.45, 0.3, 0.9, 0.5])
        engine = log([0.5, 0.5, 0.5, 0.5, 0.5, 0.1])
        weights, clipped = token_weights(advantage, now, before, engine, settings())
        # 1.1; above 1.28: clipped; 0.9; below 0.8: clipped; a worse token that became likelier is never clipped; capped at 2.
        np.testing.assert_allclose(weights, [1.1, 0, -0.9, 0, -1.8, 4.0])
        self.assertEqual(clipped.tolist(), [False, True, False, True, False, False])

    def test_weights_are_the_gradient_of_the_loss(self):
        random = np.random.default_rng(1)
        advantage, now, engine, reference = (random.normal(0, scale, 200) for scale in (1, 0.3, 0.5, 0.4))
        before, h = np.zeros(200), 1e-6
        for chosen in (settings(), settings(klWeight=0.3), settings(clipLow=0.1, clipHigh=0.1, importanceCap=1.0)):
            theirs = reference if chosen.klWeight else None
            loss = lambda at: surrogate(advantage, at, before, engine, chosen, theirs)
            slope = (loss(now + h) - loss(now - h)) / (2 * h)
            np.testing.assert_allclose(-token_weights(advantage, now, before, engine, chosen, theirs)[0], slope, atol=1e-6)


class Gradient(unittest.TestCase):
    def test_equals_autograd_of_the_loss_as_written(self):
        for changes in ({}, {"loss": "token", "std": "group"}, {"std": "none", "dropEqual": False, "maskTruncated": False}):
            with tempfile.TemporaryDirectory() as folder:
                rewards, groups, truncated = [1, 0, 0.2, 1, 1, 1, 0, 0.5, 0], [0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 0, 0, 0, 0, 0, 0, 1, 0]
                batch = write_replies(os.path.join(folder, "batch"), rewards, groups, truncated=truncated)
                replies = read_replies(batch)
                server = Server(load_config(grpo_config(folder, **changes)), 0)
                before = server.score(server.model, replies, server.plan(np.arange(9), replies.lengths))[0]
                engine = np.where(replies.loss, before + np.random.default_rng(0).normal(0, 0.05, len(before)), 0).astype(np.float32)
                np.save(os.path.join(batch, "logprobs.npy"), engine)
                expected = self.by_autograd(server, replies, engine)
                seen = []
                server.optimiser.step = lambda rate: seen.append(server.optimiser.grads.clone())
                server.stage.clip = 1e9
                answer = server.update(batch)
                self.assertEqual(answer["step"], 1)
                torch.testing.assert_close(seen[0], expected, rtol=2e-4, atol=1e-7)

    def by_autograd(self, server, replies, engine):
        """One reply at a time, the formula of the paper as it stands."""
        chosen = server.settings
        advantage, equal = advantages(replies.rewards, replies.groups, chosen.std)
        used = [i for i in range(len(replies)) if not (chosen.dropEqual and equal[i]) and not (chosen.maskTruncated and replies.truncated[i])]
        tokens = sum(int(replies.loss[replies.span(i)].sum()) for i in used)
        divisor = len(used) * chosen.maxTokens if chosen.loss == "constant-length" else tokens
        for parameter in server.model.parameters():
            parameter.grad.zero_()
        for i in used:
            batch, at = server.build(replies, [i])
            logits = server.model.logits(batch, batch.loss_at[: batch.loss_tokens])
            now = torch.log_softmax(logits, -1).gather(1, batch.targets[: batch.loss_tokens, None])[:, 0]
            importance = torch.clamp(torch.exp(now.detach() - torch.from_numpy(engine[at])), max=chosen.importanceCap)
            ratio = torch.exp(now - now.detach())
            bounded = torch.clamp(ratio, 1 - chosen.clipLow, 1 + chosen.clipHigh)
            a = float(advantage[i])
            (-(importance * torch.minimum(ratio * a, bounded * a)).sum() / divisor).backward()
        return server.optimiser.grads.clone()

    def test_equal_groups_leave_the_weights_and_later_minibatches_see_the_new_ones(self):
        with tempfile.TemporaryDirectory() as folder:
            server = Server(load_config(grpo_config(folder, {"learningRate": 0.1}, minibatches=2)), 0)
            weights = server.optimiser.values.clone()
            answer = server.update(write_replies(os.path.join(folder, "equal"), [1, 1, 0, 0], [0, 0, 1, 1]))
            self.assertEqual([answer["gradNorm"], answer["dropped"]["equalGroups"]], [0, 2])
            self.assertTrue(torch.equal(server.optimiser.values, weights))
            answer = server.update(write_replies(os.path.join(folder, "two"), [1, 0, 1, 0], [0, 0, 1, 1]))
            self.assertEqual(server.optimiser.updates, 2)
            self.assertGreater(answer["clipShare"], 0, "such a step moves probabilities beyond the clip")


class Process:
    """The launcher with commands on its input."""

    def __init__(self, path, ranks=1):
        command = [sys.executable, "-m", "lemma_trainer.launch", str(ranks), path]
        self.process = subprocess.Popen(command, cwd=helpers.FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.start = self.hear()

    def ask(self, command, **fields):
        self.process.stdin.write(json.dumps({"command": command, **fields}) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        return None

    def close(self):
        self.process.stdin.close()
        code = self.process.wait(60)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


class Server_(unittest.TestCase):
    def test_a_conversation_on_one_and_two_ranks(self):
        ends = []
        for ranks in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                path = grpo_config(folder)
                batch = write_replies(os.path.join(folder, "batch"), [1, 0, 0, 1, 0, 0.5], [0, 0, 0, 1, 1, 1])
                server = Process(path, ranks)
                self.assertEqual([server.start[k] for k in ("event", "step", "lastStep", "ranks", "driver")], ["start", 0, 5, ranks, None])
                scores = os.path.join(folder, "scores.npy")
                server.ask("score", batch=batch, path=scores)
                np.save(os.path.join(batch, "logprobs.npy"), np.load(scores))
                first = server.ask("update", batch=batch)
                self.assertLess(first["kl"]["max"], 1e-6)
                self.assertEqual(server.ask("checkpoint", driver={"asked": 6})["step"], 1)
                second = server.ask("update", batch=batch)
                self.assertGreater(second["kl"]["mean"], first["kl"]["mean"], "the engine's log-probabilities are old now")
                self.assertEqual(server.close(), 3)  # its input ended: nothing is saved
                again = Process(path, ranks)
                self.assertEqual([again.start["step"], again.start["driver"]], [1, {"asked": 6}])
                repeated = again.ask("update", batch=batch)
                self.assertEqual({**repeated, "seconds": 0}, {**second, "seconds": 0})
                weights = os.path.join(folder, "w", "model.safetensors")
                self.assertEqual(again.ask("weights", path=weights), {"event": "weights", "step": 2, "path": weights})
                ends.append(safetensors.load_file(weights)["model.embed_tokens.weight"].clone())
                self.assertEqual(again.ask("end", driver=None)["event"], "done")
                self.assertEqual(again.close(), 0)
                self.assertTrue(os.path.exists(os.path.join(folder, "run", "stages", "0.done")))
        torch.testing.assert_close(ends[0], ends[1], rtol=1e-4, atol=1e-5)

    def test_drift_and_damaged_batches_are_refused_with_the_reason(self):
        with tempfile.TemporaryDirectory() as folder:
            path = grpo_config(folder, maxMeanKl=0.02)
            server = Process(path)
            answer = server.ask("update", batch=write_replies(os.path.join(folder, "batch"), [1, 0], [0, 0]))
            self.assertRegex(answer["message"], r"engine and trainer differ by .* nats a token .* maxMeanKl 0\.02")
            self.assertEqual(server.close(), 1)
            batch = write_replies(os.path.join(folder, "damaged"), [1, 0], [0, 0])
            np.save(os.path.join(batch, "groups.npy"), np.array([0, 0, 0], np.int32))
            with self.assertRaisesRegex(ValueError, r"groups\.npy: expected 2 entries, found 3"):
                read_replies(batch)
            np.save(os.path.join(batch, "rewards.npy"), np.array([1, float("nan")], np.float32))
            np.save(os.path.join(batch, "groups.npy"), np.array([0, 0], np.int32))
            with self.assertRaisesRegex(ValueError, "no finite number"):
                read_replies(batch)


if __name__ == "__main__":
    unittest.main()
