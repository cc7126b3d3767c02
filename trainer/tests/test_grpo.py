"""The GRPO formulas and gradient: against numbers worked out by hand, a plain textbook loss, each option's effect, every path alike."""

import math
import os
import tempfile
import unittest

import numpy as np
from helpers import MODEL, torch
from rl_helpers import DEEPSEEK, made_replies, new_model, rl_config, settings, true_logprobs, write_replies

from lemma_trainer.batches import build_packed, build_padded
from lemma_trainer.config import ConfigError, load_config
from lemma_trainer.optim import FlatAdamW
from lemma_trainer.parallel import Parallel
from lemma_trainer.rl.advantages import advantages
from lemma_trainer.rl.learner import Learner
from lemma_trainer.rl.objective import PEAKS, SUMS, TokenColumns, TokenLoss
from lemma_trainer.rl.policy import _Weighed, policy_of
from lemma_trainer.train import TrainingError


def columns(advantage, engine, share=1.0, old=None, reference=None):
    """TokenColumns from lists."""
    vector = lambda values: None if values is None else torch.tensor(values, dtype=torch.float64)
    return TokenColumns(vector(advantage), vector(engine), torch.full((len(advantage),), share, dtype=torch.float64), vector(old), vector(reference))


def slopes(logp, one, **changes):
    """(derivatives, TokenLoss) of rows with the log-probabilities `logp`."""
    loss = TokenLoss(settings(**changes), one)
    return loss(slice(0, len(logp)), torch.tensor(logp, dtype=torch.float64), torch.zeros(len(logp))).tolist(), loss


class Advantages(unittest.TestCase):
    def test_by_hand(self):
        # Group 7: mean 1, deviation sqrt(((1)^2 + (-1)^2 + 0 + 0) / 4) = sqrt(1/2). Group 2: mean 2, deviation 2.
        rewards, groups, whole = [2, 0, 1, 1, 4, 0], [7, 7, 7, 7, 2, 2], [0] * 6
        root = math.sqrt(0.5)
        np.testing.assert_allclose(advantages(rewards, groups, whole, "none").values_R, [1, -1, 0, 0, 2, -2])
        np.testing.assert_allclose(advantages(rewards, groups, whole, "group").values_R, [1 / root, -1 / root, 0, 0, 1, -1])
        # All six: mean 8/6, mean of squares 22/6, variance 22/6 - 64/36 = 68/36.
        np.testing.assert_allclose(advantages(rewards, groups, whole, "batch").values_R, np.array([1, -1, 0, 0, 2, -2]) / math.sqrt(68 / 36))

    def test_equal_groups_are_dropped(self):
        rewards = np.float32([0.1] * 7 + [1, 0])  # 0.1 seven times has no exact mean
        groups = [0] * 7 + [1] * 2
        for std in ("group", "batch", "none"):
            found = advantages(rewards, groups, [0] * 9, std)
            self.assertEqual(found.values_R[:7].tolist(), [0.0] * 7)
            self.assertEqual(found.used_R.tolist(), [False] * 7 + [True] * 2)
            self.assertEqual((found.equal_groups, found.truncated), (1, 0))
        self.assertTrue(advantages(rewards, groups, [0] * 9, drop_equal=False).used_R.all())
        self.assertEqual(advantages([3], [0], [0]).equal_groups, 1)  # one reply alone has nothing to be compared with

    def test_truncated_replies_count_in_the_mean_only(self):
        found = advantages([1, 0, 0, 0], [0] * 4, [0, 1, 0, 0], "none")
        self.assertEqual(found.values_R.tolist(), [0.75, -0.25, -0.25, -0.25])
        self.assertEqual(found.used_R.tolist(), [True, False, True, True])
        self.assertEqual(found.truncated, 1)
        self.assertTrue(advantages([1, 0, 0, 0], [0] * 4, [0, 1, 0, 0], mask_truncated=False).used_R.all())


class Tokens(unittest.TestCase):
    def test_clip_higher(self):
        # Ratios 1.3, 1.27, 0.79, 0.81 and 1.3, 0.79 on the side that is not clipped, by hand: slope = -ratio * A, or 0.
        ratios, signs = [1.3, 1.27, 0.79, 0.81, 1.3, 0.79], [1, 1, -1, -1, -1, 1]
        logp = [math.log(r) - 2 for r in ratios]
        found, loss = slopes(logp, columns(signs, [-2.0] * 6, old=[-2.0] * 6))
        np.testing.assert_allclose(found, [0, -1.27, 0, 0.81, 1.3, -0.79], rtol=1e-6)
        self.assertEqual(loss.sums[SUMS.index("clipped")], 2)
        # loss: -min(free, held): 1.28 and 0.8 where held.
        self.assertAlmostEqual(float(loss.sums[0]), -1.28 - 1.27 + 0.8 + 0.81 + 1.3 - 0.79, places=9)
        wide, _ = slopes(logp, columns(signs, [-2.0] * 6, old=[-2.0] * 6), clipHigh=0.5, clipLow=0.5)
        np.testing.assert_allclose(wide, [-1.3, -1.27, 0.79, 0.81, 1.3, -0.79], rtol=1e-6)

    def test_importance_is_capped(self):
        # Trainer over engine: e^0.5 = 1.6487..., e^3 = 20.08... (capped at 2), e^-1.
        found, loss = slopes([-1.0, -1.0, -2.0], columns([1, 1, 1], [-1.5, -4.0, -1.0]))
        np.testing.assert_allclose(found, [-math.exp(0.5), -2, -math.exp(-1)], rtol=1e-6)
        self.assertAlmostEqual(float(loss.peaks[PEAKS.index("weight")]), math.exp(3), places=6)
        self.assertAlmostEqual(float(loss.peaks[PEAKS.index("kl")]), 3, places=9)
        self.assertAlmostEqual(float(loss.sums[SUMS.index("kl")]), 0.5 + 3 + 1, places=9)
        self.assertAlmostEqual(slopes([-1.0], columns([1], [-4.0]), importanceCap=30.0)[0][0], -math.exp(3), places=4)

    def test_divergence_from_the_reference(self):
        # k3 with f - l = 0.5: e^0.5 - 0.5 - 1; its slope by l: 1 - e^0.5.
        found, loss = slopes([-1.0], columns([0.0], [-1.0], share=0.25, reference=[-0.5]), klWeight=0.1)
        self.assertAlmostEqual(found[0], 0.25 * 0.1 * (1 - math.exp(0.5)), places=8)
        self.assertAlmostEqual(float(loss.sums[0]), 0.25 * 0.1 * (math.exp(0.5) - 1.5), places=9)
        self.assertAlmostEqual(float(loss.sums[SUMS.index("klReference")]), math.exp(0.5) - 1.5, places=9)

    def test_padding_has_no_part(self):
        one = columns([5, 5], [-1.0, 0.0], reference=[-1.0, -9.0])
        one.share_M[1] = 0
        found, loss = slopes([-1.0, -7.0], one, klWeight=1.0)
        self.assertEqual(found[1], 0)
        self.assertEqual(loss.sums.tolist()[1:], [1, 0, 0, 0, 0])
        self.assertEqual(loss.peaks.tolist(), [0, 1])


class Gradient(unittest.TestCase):
    def test_hand_computed_case(self):
        """Two tokens, width 2, three entries: loss and gradient in plain float64 arithmetic, one number at a time."""
        hidden, head, targets = [[0.5, -1.0], [1.5, 0.25]], [[1.0, 0.0], [0.5, -0.5], [-1.0, 2.0]], [1, 2]
        advantage, engine, share = [1.2, -0.7], [-0.9, -3.0], 0.125
        expected_hidden, expected_head, loss, entropy = [], [[0.0, 0.0] for _ in range(3)], 0.0, 0.0
        for row in range(2):
            logits = [sum(h * w for h, w in zip(hidden[row], head[v])) for v in range(3)]
            mass = sum(math.exp(z) for z in logits)
            p = [math.exp(z) / mass for z in logits]
            entropy -= sum(x * math.log(x) for x in p)
            weight = min(2.0, p[targets[row]] / math.exp(engine[row]))
            loss -= share * weight * advantage[row]
            slope = [-share * weight * advantage[row] * ((v == targets[row]) - p[v]) for v in range(3)]  # by each logit
            expected_hidden.append([sum(slope[v] * head[v][d] for v in range(3)) for d in range(2)])
            for v in range(3):
                for d in range(2):
                    expected_head[v][d] += slope[v] * hidden[row][d]
        tokens = TokenLoss(settings(), columns(advantage, engine, share))
        hidden_MD, head_VD = torch.tensor(hidden, requires_grad=True), torch.tensor(head, requires_grad=True)
        _Weighed.apply(hidden_MD, head_VD, torch.tensor(targets), tokens, torch.float32).backward()
        np.testing.assert_allclose(hidden_MD.grad, expected_hidden, rtol=2e-6)
        np.testing.assert_allclose(head_VD.grad, expected_head, rtol=2e-6)
        self.assertAlmostEqual(float(tokens.sums[0]), loss, places=7)
        self.assertAlmostEqual(float(tokens.sums[SUMS.index("entropy")]), entropy, places=6)

    def compare(self, a, b, tolerance=1e-5):
        self.assertGreater(float(a.norm()), 0)
        self.assertLess(float((a - b).norm() / a.norm()), tolerance)

    def test_layouts_and_kernels_agree(self):
        """The same rows alone, padded, packed, by autograd and by the fused kernels: log-probabilities, entropies, gradients."""
        documents = [(np.asarray(tokens), np.asarray(loss, dtype=np.uint8)) for tokens, loss, *_ in made_replies()]
        weights = np.random.default_rng(1).normal(size=sum(int(loss.sum()) for _, loss in documents))
        for model, paths in ((MODEL, ("plain", "native")), ({**MODEL, "tie_word_embeddings": False}, ("plain", "native")), (DEEPSEEK, ("plain",))):
            made = new_model(model={**model, "aux_loss_alpha": 0.0})
            optimiser, found = FlatAdamW(made, [0.9, 0.95], 0.1), []
            for kernels in paths:
                policy, name, why = policy_of(made, kernels)
                self.assertEqual(name, kernels, why)
                policy.refresh()
                for batches in ([build_padded([one], 64) for one in documents], [build_padded(documents, 512)], [build_packed(documents, 512)]):
                    optimiser.zero_grad()
                    scores, at = [], 0
                    for batch in batches:
                        mine = torch.zeros(len(batch.loss_at))
                        mine[: batch.loss_tokens] = torch.from_numpy(weights[at : at + batch.loss_tokens]).float()
                        at += batch.loss_tokens
                        policy.accumulate(batch, lambda part, logp, entropy, mine=mine: mine[part], 0.0)
                        scores.append(torch.stack(policy.score(batch))[:, : batch.loss_tokens])
                    found.append((torch.cat(scores, 1), optimiser.grads.clone()))
            for scores, grads in found[1:]:
                self.assertLess(float((scores - found[0][0]).abs().max()), 1e-5)
                self.compare(found[0][1], grads)

    def test_logits_come_in_chunks(self):
        """A small limit gives the same numbers as a large one."""
        from lemma_trainer.rl import policy as module

        made, found = new_model(), []
        optimiser = FlatAdamW(made, [0.9, 0.95], 0.1)
        batch = build_padded([(np.asarray(tokens), np.asarray(loss, dtype=np.uint8)) for tokens, loss, *_ in made_replies()], 512)
        before = module.LOGIT_NUMBERS
        try:
            for limit in (before, 64 * 20):
                module.LOGIT_NUMBERS, parts = limit, []
                optimiser.zero_grad()
                policy_of(made, "plain")[0].accumulate(batch, lambda part, logp, _, parts=parts: parts.append(part) or logp.float().exp(), 0.0)
                found.append((optimiser.grads.clone(), len(parts)))
        finally:
            module.LOGIT_NUMBERS = before
        self.assertLess(found[0][1], found[1][1])
        self.compare(found[0][0], found[1][0])


class Steps(unittest.TestCase):
    """Whole steps of a Learner in this process."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder, self._count = self._folder.name, 0

    def tearDown(self):
        self._folder.cleanup()

    def learner(self, grpo=None, model=MODEL, kernels="plain", **stage):
        self._count += 1
        config = load_config(rl_config(os.path.join(self.folder, str(self._count)), model, grpo, **stage))
        config.kernels = kernels
        os.makedirs(os.path.join(config.folder, "stages"), exist_ok=True)
        return Learner(config, 0, Parallel())

    def test_what_grpo_does_not_know_is_refused(self):
        for name, fields, message in (
            ("adapter", {"adapter": {"kind": "lora", "rank": 2, "alpha": 4, "targets": ["attention"]}}, "adapter: expected none in a stage of kind grpo"),
            ("plan", {}, "parallel.plan: expected auto or ddp for a stage of kind grpo, found zero1"),
        ):
            with self.subTest(name), self.assertRaisesRegex(ConfigError, message):
                config = load_config(rl_config(os.path.join(self.folder, name), **fields))
                config.parallel.plan = "zero1"
                Learner(config, 0, Parallel())

    def replies(self, learner, replies, shift=0.0):
        """Replies whose engine differs from the trainer by `shift` nats a token, alternating."""
        logprobs = true_logprobs(learner.model, replies)
        for one in logprobs:
            one += np.where(one != 0, np.minimum(shift * (-1.0) ** np.arange(len(one)), -one), 0)
        return learner.read(write_replies(os.path.join(self.folder, "batch"), replies, logprobs))

    def textbook(self, learner, replies, logprobs, grpo):
        """Gradient of the loss as papers print it, by autograd over whole logits of single documents."""
        model = new_model(model=learner.config.model)
        of = advantages([r[2] for r in replies], [r[3] for r in replies], [r[4] for r in replies], grpo.std, grpo.dropEqual, grpo.maskTruncated)
        chosen, losses, tokens_in_all = np.flatnonzero(of.used_R), [], 0
        for i in chosen:
            tokens, loss = (np.asarray(x) for x in replies[i][:2])
            logp = torch.log_softmax(model.logits(build_padded([(tokens, loss.astype(np.uint8))], 1)).double(), -1)[torch.arange(len(tokens) - 1), torch.from_numpy(tokens[1:])]
            mine = np.flatnonzero(loss[1:])
            logp, engine = logp[torch.from_numpy(mine)], torch.from_numpy(logprobs[i][1:][mine])
            weight = torch.exp(logp.detach() - engine).clamp(max=grpo.importanceCap)
            losses.append((-weight * torch.exp(logp - logp.detach()) * of.values_R[i]).sum())
            tokens_in_all += len(mine)
        share = 1 / tokens_in_all if grpo.loss == "token" else 1 / (len(chosen) * grpo.maxTokens)
        total = sum(losses) * share
        total.backward()
        return float(total.detach()), torch.cat([dict(model.named_parameters())[name].grad.flatten() for name in learner.optimiser.names])

    def test_a_step_has_the_textbook_gradient(self):
        replies = made_replies()
        replies[1] = (*replies[1][:4], 1)  # cut off
        replies[4:8] = [(*one[:2], 1.0, *one[3:]) for one in replies[4:8]]  # an equal group
        for model, kernels, changes in (
            (MODEL, "plain", {}), (MODEL, "native", {}), (MODEL, "plain", {"loss": "token", "std": "group"}), (MODEL, "plain", {"dropEqual": False, "std": "none"}),
            (MODEL, "native", {"maskTruncated": False}), ({**DEEPSEEK, "aux_loss_alpha": 0.0}, "plain", {}), ({**MODEL, "model_type": "llama"}, "plain", {}),
            ({**MODEL, "model_type": "qwen2"}, "plain", {}),
        ):
            for layout in ("padded", "packed"):
                with self.subTest(model=model["model_type"], kernels=kernels, changes=changes, layout=layout):
                    learner = self.learner(changes, model, kernels, layout=layout, clip=1e9)
                    batch = self.replies(learner, replies, 0.3)
                    logprobs = np.split(batch.logprobs_N.astype(np.float64), batch.offsets[1:-1])
                    loss, grads = self.textbook(learner, replies, logprobs, learner.grpo)
                    answer = learner.update(batch)
                    self.assertAlmostEqual(answer["loss"], loss, places=6)
                    self.assertLess(float((learner.optimiser.grads - grads).norm() / grads.norm()), 1e-4)
                    self.assertEqual(answer["dropped"], {"equalGroups": 1 if learner.grpo.dropEqual else 0, "truncated": 1 if learner.grpo.maskTruncated else 0})
                    self.assertAlmostEqual(answer["gradNorm"], float(grads.norm()), delta=1e-4 * float(grads.norm()))

    def test_the_engine_that_agrees_has_no_gap(self):
        for kernels in ("plain", "native"):
            learner = self.learner(kernels=kernels)
            answer = learner.update(self.replies(learner, made_replies()))
            self.assertLess(answer["kl"]["max"], 1e-5)
            self.assertAlmostEqual(answer["weightMax"], 1, places=4)
            self.assertEqual(answer["clipShare"], 0)

    def test_minibatches_share_the_step_s_start(self):
        replies = made_replies()
        one, several = self.learner(learningRate=0.05), self.learner({"minibatches": 3}, learningRate=0.05)
        first, answer = one.update(self.replies(one, replies)), several.update(self.replies(several, replies))
        self.assertEqual((one.optimiser.updates, several.optimiser.updates), (1, 3))
        self.assertEqual((one.step, several.step), (1, 1))
        self.assertAlmostEqual(first["entropy"], answer["entropy"], places=6)  # before the step
        self.assertLess(answer["kl"]["max"], 1e-5)
        self.assertEqual(first["lossTokens"], answer["lossTokens"])
        self.assertGreater(answer["clipShare"], 0)  # later minibatches are away from the start

    def test_nothing_to_learn_moves_nothing(self):
        learner = self.learner(weightDecay=0.1)
        replies = [(*one[:2], 1.0, *one[3:]) for one in made_replies()]
        before = learner.optimiser.values.clone()
        answer = learner.update(self.replies(learner, replies, 0.1))
        self.assertTrue(torch.equal(before, learner.optimiser.values))
        self.assertEqual((answer["step"], answer["lossTokens"], answer["loss"], answer["gradNorm"]), (1, 0, 0.0, 0.0))
        self.assertEqual(answer["dropped"]["equalGroups"], 3)
        self.assertGreater(answer["kl"]["mean"], 0.05)  # still told
        self.assertGreater(answer["entropy"], 0)

    def test_the_reference_holds_back(self):
        replies, drifts = made_replies(), {}
        for weight in (0.0, 2.0):
            learner = self.learner({"klWeight": weight, "maxMeanKl": 1e9}, learningRate=0.02)
            start = learner.optimiser.values.clone()
            for _ in range(5):
                answer = learner.update(self.replies(learner, replies))
            drifts[weight] = float((learner.optimiser.values - start).norm())
            self.assertEqual("klReference" in answer, weight > 0)
        self.assertGreater(answer["klReference"], 0)
        logprobs = true_logprobs(new_model(), replies)  # the stage's first weights
        reference = learner._score(learner.read(os.path.join(self.folder, "batch")), np.arange(len(replies)), learner.reference)[0]
        np.testing.assert_allclose(reference, np.concatenate(logprobs), atol=1e-5)

    def test_an_engine_far_away_stops_the_run(self):
        for changes in ({}, {"minibatches": 2}):
            learner = self.learner({"maxMeanKl": 0.02, **changes})
            before = learner.optimiser.values.clone()
            with self.assertRaisesRegex(TrainingError, "differ by .* expected at most grpo.maxMeanKl = 0.02. Look whether"):
                learner.update(self.replies(learner, made_replies(), 0.3))
            self.assertTrue(torch.equal(before, learner.optimiser.values))

    def test_a_gradient_that_is_not_finite_stops(self):
        learner = self.learner()
        batch = self.replies(learner, made_replies())
        learner.policy.accumulate = lambda batch, weigh, share: learner.optimiser.grads.fill_(float("nan"))
        before = learner.optimiser.values.clone()
        with self.assertRaisesRegex(TrainingError, "not a finite number"):
            learner.update(batch)
        self.assertTrue(torch.equal(before, learner.optimiser.values))

    def test_reward_rises(self):
        """Sampled by the model itself: reply tokens below 16 are rewarded."""
        for model, kernels in ((MODEL, "native"), (DEEPSEEK, "plain")):
            learner = self.learner({"maxTokens": 6, "maxMeanKl": 1e-3}, model, kernels, learningRate=3e-2, steps=40)
            random, means = np.random.default_rng(2), []
            for _ in range(40):
                replies, logprobs = sample(learner.model, random, 8, 4, 6)
                means.append(np.mean([reply[2] for reply in replies]))
                answer = learner.update(learner.read(write_replies(os.path.join(self.folder, "batch"), replies, logprobs)))
            with self.subTest(model=model["model_type"]):
                self.assertLess(np.mean(means[:3]), 0.5)
                self.assertGreater(np.mean(means[-5:]), 0.9)
                self.assertLess(answer["kl"]["mean"], 1e-4)

    def test_settings_are_checked(self):
        for grpo, message in (
            ({"loss": "mean"}, "grpo.loss: expected one of"), ({"std": "all"}, "grpo.std"), ({"clipLow": 1.0}, "grpo.clipLow: expected above 0, below 1"),
            ({"minibatches": 0}, "grpo.minibatches"), ({"groupsize": 8}, "grpo.groupsize: unknown field"), ({"maxMeanKl": 0}, "grpo.maxMeanKl"),
        ):
            with self.subTest(grpo=grpo), self.assertRaisesRegex(ConfigError, message):
                load_config(rl_config(os.path.join(self.folder, "c"), grpo=grpo))
        with self.assertRaisesRegex(ConfigError, "expected in a stage of kind grpo"):
            load_config(rl_config(os.path.join(self.folder, "c"), kind="sft"))


def sample(model, random, problems, group, length):
    """Replies of `length` tokens to one-token prompts, drawn token by token, with the sampler's log-probabilities."""
    rows = np.repeat(random.integers(1, 64, problems), group)[:, None]
    logps = np.zeros(rows.shape)
    for _ in range(length):
        batch = build_padded([(row, np.ones(len(row), dtype=np.uint8)) for row in rows], 4096)
        last = torch.arange(len(rows)) * batch.length + rows.shape[1] - 1
        with torch.no_grad():
            logp = torch.log_softmax(model.logits(batch, last).double(), -1).numpy()
        drawn = (logp + random.gumbel(size=logp.shape)).argmax(-1)
        rows = np.concatenate([rows, drawn[:, None]], 1)
        logps = np.concatenate([logps, logp[np.arange(len(rows)), drawn][:, None]], 1)
    return [(row, [0] + [1] * length, float((row[1:] < 16).mean()), i // group, 0) for i, row in enumerate(rows)], list(logps)


if __name__ == "__main__":
    unittest.main()
