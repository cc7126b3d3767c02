"""Adapters: merged equals unmerged for every architecture, native equals plain, what is saved is what other tools read, runs resume."""

import json
import os
import signal
import tempfile
import unittest

from helpers import MODEL, config, documents, start, torch, train

import numpy as np
from lemma_trainer import hf_folder, lora, models, safetensors
from lemma_trainer.batches import build_padded
from lemma_trainer.config import Adapter
from lemma_trainer.optim import FlatAdamW
from lemma_trainer.shards import write_shard
from test_objectives import SHAPES as LARGE

SHAPES = {name: {**shape, "vocab_size": 64} for name, shape in LARGE.items()}
SHAPES["deepseek_v3 without query latents"] = {**SHAPES["deepseek_v3"], "q_lora_rank": None, "tie_word_embeddings": True}
ALL = ["attention", "feed-forward"]


def adapted(shape, targets=ALL, dtype=torch.float32, dropout=0.0, random=True):
    """(model, adapters), with weights and adapters that are far from zero."""
    model = models.build(shape, dtype)
    model.initialise(3)
    adapters = lora.attach(model, Adapter("lora", 4, 8.0, targets, dropout), 5)
    if random:
        generator = torch.Generator().manual_seed(6)
        with torch.no_grad():
            for part in adapters.parts:
                part.b.copy_(torch.randn(part.b.shape, generator=generator) * 0.1)
    return model, adapters


def easy(count):
    """Documents whose reply is 7 8 7 8 and so on: learned in a few steps."""
    return [(np.concatenate([prompt, np.tile([7, 8], 8)]), np.array([0] * len(prompt) + [1] * 16)) for prompt, _ in documents(count)]


class Mathematics(unittest.TestCase):
    def test_merged_equals_unmerged(self):
        batch = build_padded(documents(6, seed=2), 512)
        for name, shape in SHAPES.items():
            for targets in (ALL, ["experts", "o_proj"] if name.startswith("deepseek") else ["q_proj", "v_proj", "down_proj"]):
                with self.subTest(model=name, targets=targets), torch.no_grad():
                    model, adapters = adapted(shape, targets)
                    before = {key: value.clone() for key, value in model.to_hf().items()}
                    plain = models.build(shape, torch.float32)
                    plain.from_hf(before)
                    merged = models.build(shape, torch.float32)
                    merged.from_hf(adapters.merged())
                    unmerged = model.logits(batch)
                    self.assertGreater(float((unmerged - plain.logits(batch)).abs().max()), 1e-3)
                    self.assertLess(float((unmerged - merged.logits(batch)).abs().max()), 1e-5)
                    self.assertTrue(all(torch.equal(model.to_hf()[key], before[key]) for key in before))

    def test_nothing_changes_before_the_first_step(self):
        batch = build_padded(documents(3), 256)
        for shape in SHAPES.values():
            model, _ = adapted(shape, random=False)
            plain = models.build(shape, torch.float32)
            plain.initialise(3)
            with torch.no_grad():
                self.assertTrue(torch.equal(model.logits(batch), plain.logits(batch)))

    def test_gradients_are_the_projected_ones(self):
        # dB = s dW A', dA = s B' dW, with dW from autograd through whole matrices: an adapter-free model with the merged weights.
        batch = build_padded(documents(6, seed=4), 512)
        for name, shape in SHAPES.items():
            model, adapters = adapted(shape, [*ALL, "experts"] if name.startswith("deepseek") else ALL)
            models.PlainGradient(model).accumulate(batch, 0.01)
            whole = models.build(shape, torch.float32)
            whole.from_hf(adapters.merged())
            models.PlainGradient(whole).accumulate(batch, 0.01)
            # Views of the gradients under Hugging Face names: the same places in a twin that holds gradients as weights.
            twin = models.build(shape, torch.float32)
            for target, parameter in zip(twin.parameters(), whole.parameters()):
                target.data = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
            grads = twin.to_hf()
            for part in adapters.parts:
                with self.subTest(model=name, part=part.module):
                    dW = grads[part.module + ".weight"]
                    a = torch.zeros_like(part.a) if part.a.grad is None else part.a.grad
                    b = torch.zeros_like(part.b) if part.b.grad is None else part.b.grad
                    torch.testing.assert_close(b, 2.0 * dW @ part.a.t(), rtol=1e-3, atol=1e-6)
                    torch.testing.assert_close(a, 2.0 * part.b.t() @ dW, rtol=1e-3, atol=1e-6)
            self.assertTrue(all(p.grad is None for p in model.parameters()))

    def test_native_kernels_equal_autograd(self):
        batches = [build_padded(documents(6, seed=seed), 512) for seed in (7, 8)]
        found = []
        for kernels in ("plain", "native"):
            model, adapters = adapted(SHAPES["qwen3"])
            optimiser = FlatAdamW(adapters, [0.9, 0.95], 0.1)
            gradient, name, why = models.gradient_of(model, kernels)
            self.assertEqual(name, kernels, why)
            if kernels == "native":
                gradient = lora.MergedGradient(gradient, adapters, model)
            losses = []
            for _ in range(3):  # the later steps see weights that the first has moved
                gradient.refresh()
                optimiser.zero_grad()
                losses.append(sum(gradient.accumulate(batch, 0.01) for batch in batches))
                gradient.finish()
                grads = optimiser.grads.clone()
                optimiser.step(1e-2)
            found.append((losses, grads, {key: value.clone() for key, value in adapters.tensors().items()}))
        (losses, grads, tensors), (other_losses, other_grads, other) = found
        self.assertLess(losses[-1], losses[0])
        for a, b in zip(losses, other_losses):
            self.assertAlmostEqual(a, b, delta=1e-4 * a)
        self.assertLess(float((grads - other_grads).norm() / grads.norm()), 1e-3)
        for key in tensors:
            torch.testing.assert_close(tensors[key], other[key], rtol=1e-2, atol=1e-3)

    def test_dropout_is_for_training_only(self):
        batch = build_padded(documents(4), 256)
        model, _ = adapted(SHAPES["llama"], dropout=0.5)
        with torch.no_grad():
            self.assertTrue(torch.equal(model.logits(batch), model.logits(batch)))
        torch.manual_seed(1)
        self.assertFalse(torch.equal(model.logits(batch), model.logits(batch)))

    def test_targets_that_name_nothing_are_refused(self):
        for shape, targets, message in (("qwen3", ["experts"], "experts: expected matrices of a qwen3"), ("llama", ["attention", "q_a_proj"], "q_a_proj")):
            with self.assertRaisesRegex(ValueError, message):
                adapted(SHAPES[shape], targets)


class Files(unittest.TestCase):
    def test_names_are_those_that_peft_expects(self):
        def saved(shape, targets):
            _, adapters = adapted(SHAPES[shape], targets)
            with tempfile.TemporaryDirectory() as folder:
                adapters.save(folder, "some/base")
                with open(os.path.join(folder, "adapter_config.json"), encoding="utf-8") as file:
                    return json.load(file), safetensors.load_file(os.path.join(folder, "adapter_model.safetensors"))

        settings, tensors = saved("llama", ALL)
        self.assertEqual(len(tensors), 2 * 2 * 7)
        self.assertEqual(tuple(tensors["base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"].shape), (4, 32))
        self.assertEqual(tuple(tensors["base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight"].shape), (128, 4))
        self.assertEqual(tuple(tensors["base_model.model.model.layers.1.mlp.down_proj.lora_A.weight"].shape), (4, 48))
        self.assertEqual(settings["target_modules"], ["down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"])
        self.assertEqual((settings["peft_type"], settings["r"], settings["lora_alpha"], settings["task_type"]), ("LORA", 4, 8.0, "CAUSAL_LM"))
        self.assertEqual(settings["base_model_name_or_path"], "some/base")
        # Without the experts, gate_proj by its end would name theirs too: whole names stand there.
        settings, tensors = saved("deepseek_v3", ALL)
        self.assertFalse(any(".mlp.experts." in name for name in tensors))
        self.assertIn("model.layers.1.mlp.shared_experts.up_proj", settings["target_modules"])
        self.assertIn("model.layers.0.self_attn.kv_a_proj_with_mqa", settings["target_modules"])
        settings, tensors = saved("deepseek_v3", [*ALL, "experts"])
        self.assertIn("base_model.model.model.layers.1.mlp.experts.3.down_proj.lora_B.weight", tensors)
        self.assertIn("gate_proj", settings["target_modules"])

    def test_an_adapter_of_another_shape_is_refused(self):
        _, adapters = adapted(SHAPES["llama"])
        _, other = adapted(SHAPES["llama"], ["q_proj"])
        with tempfile.TemporaryDirectory() as folder:
            other.save(folder, "base")
            with self.assertRaisesRegex(ValueError, "expected the adapters"):
                adapters.load(folder)


class Runs(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def base(self, shape):
        """A Hugging Face folder of random weights."""
        folder = os.path.join(self.folder, "base-" + shape["model_type"])
        model = models.build(shape, torch.float32)
        model.initialise(9)
        hf_folder.save(folder, shape, model.to_hf())
        return folder

    def config(self, name, shape, **stage):
        path = config(os.path.join(self.folder, name), **stage)
        write_shard(os.path.join(self.folder, name, "shards"), easy(400))
        with open(path, encoding="utf-8") as file:
            fields = json.load(file)
        fields["model"] = shape
        with open(path, "w", encoding="utf-8") as file:
            json.dump(fields, file)
        return path

    def checkpoint(self, name, step=12):
        return os.path.join(self.folder, name, "run", "checkpoints", str(step))

    def test_full_fine_tuning_begins_at_the_folders_weights(self):
        # The loss of the first step is the folder's model's own, and then it falls.
        for shape in ("llama", "qwen2", "qwen3", "deepseek_v3"):
            with self.subTest(shape):
                folder = self.base(SHAPES[shape])
                path = self.config(shape, SHAPES[shape], init=folder, steps=12, learningRate=1e-2, layout="padded")
                lines = train(path)
                tuned, fresh = models.build(SHAPES[shape], torch.float32), models.build(SHAPES[shape], torch.float32)
                tuned.from_hf(safetensors.load_file(os.path.join(self.checkpoint(shape, 12), "model.safetensors")))
                fresh.from_hf(hf_folder.load_weights(folder))
                some = build_padded(easy(32), 4096)
                with torch.no_grad():
                    self.assertAlmostEqual(float(fresh.loss(some)) / some.loss_tokens, lines[1][0], delta=0.1)
                    self.assertLess(float(tuned.loss(some)), float(fresh.loss(some)) - 0.2 * some.loss_tokens)

    def test_a_folder_in_parts_is_read(self):
        folder, parts = self.base(SHAPES["llama"]), os.path.join(self.folder, "parts")
        tensors, places = hf_folder.load_weights(folder), {}
        os.makedirs(parts)
        for i in range(2):
            names = sorted(tensors)[i::2]
            safetensors.save_file({name: tensors[name] for name in names}, os.path.join(parts, f"model-{i}.safetensors"))
            places.update({name: f"model-{i}.safetensors" for name in names})
        index = os.path.join(parts, "model.safetensors.index.json")
        with open(index, "w", encoding="utf-8") as file:
            json.dump({"weight_map": places}, file)
        found = hf_folder.load_weights(parts)
        self.assertTrue(found.keys() == tensors.keys() and all(torch.equal(found[name], tensors[name]) for name in tensors))
        for weight_map, message in (({**places, "ghost": "model-0.safetensors"}, "ghost"), ({"a": "../base/model.safetensors"}, "beside it")):
            with open(index, "w", encoding="utf-8") as file:
                json.dump({"weight_map": weight_map}, file)
            with self.assertRaisesRegex(ValueError, message):
                hf_folder.load_weights(parts)

    def test_a_run_leaves_an_adapter_that_makes_its_weights(self):
        for shape in ("qwen3", "deepseek_v3"):  # native kernels and plain ones
            with self.subTest(shape):
                folder = self.base(SHAPES[shape])
                options = {"kind": "lora", "rank": 4, "alpha": 8, "targets": ALL}
                lines = train(self.config(shape, SHAPES[shape], init=folder, adapter=options, steps=20, learningRate=3e-2, layout="padded"))
                self.assertLess(lines[20][0], lines[1][0] - 0.2)
                adapter = safetensors.load_file(os.path.join(self.checkpoint(shape, 20), "adapter", "adapter_model.safetensors"))
                base, merged = hf_folder.load_weights(folder), safetensors.load_file(os.path.join(self.checkpoint(shape, 20), "model.safetensors"))
                self.assertEqual(base.keys(), merged.keys())
                changed = 0
                for name in base:  # by the definition, from the files alone
                    stem = f"base_model.model.{name[:-7]}.lora_"
                    if stem + "A.weight" in adapter:
                        expected = base[name] + 8 / 4 * adapter[stem + "B.weight"] @ adapter[stem + "A.weight"]
                        torch.testing.assert_close(merged[name], expected, rtol=1e-5, atol=1e-6)
                        changed += not torch.equal(merged[name], base[name])
                    else:
                        self.assertTrue(torch.equal(merged[name], base[name]), name)
                self.assertEqual(changed, len(adapter) // 2)
                with open(os.path.join(self.checkpoint(shape, 20), "adapter", "adapter_config.json"), encoding="utf-8") as file:
                    self.assertEqual(json.load(file)["base_model_name_or_path"], folder)

    def test_interrupted_equals_uninterrupted(self):
        options = {"kind": "lora", "rank": 2, "alpha": 4, "targets": ["attention"]}
        straight, broken = (self.config(name, MODEL, adapter=options, learningRate=1e-2) for name in "sb")
        expected = train(straight, 2)
        process = start(broken, 2)
        for line in process.stdout:
            if '"step": 5,' in line and '"metrics"' in line:
                process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, errors)
        self.assertEqual(train(broken, 2), expected)
        for name in ("model.safetensors", "adapter/adapter_model.safetensors"):
            a, b = (safetensors.load_file(os.path.join(self.checkpoint(run), name)) for run in "sb")
            self.assertTrue(all(torch.equal(a[key], b[key]) for key in a), name)
        self.assertTrue(os.path.exists(os.path.join(self.folder, "s", "run", "base", "0", "model.safetensors")))

    def test_what_does_not_go_together_is_named(self):
        options = {"kind": "lora", "rank": 2, "alpha": 4, "targets": ["attention"]}
        for stage, message in (({"adapter": options, "optimiser": "muon"}, "expected adamw for adapters"), ({"adapter": {**options, "rank": 0}}, "rank above 0"),
                               ({"adapter": {**options, "targets": ["tail"]}}, "expected matrices of a qwen3 model"), ({"dpo": {}}, "only in a stage of kind dpo")):
            process = start(config(os.path.join(self.folder, "x"), **stage))
            out, _ = process.communicate(timeout=120)
            with self.subTest(stage=stage):
                self.assertEqual(process.returncode, 1)
                self.assertIn(message, out)


if __name__ == "__main__":
    unittest.main()
