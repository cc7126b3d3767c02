"""Distillation: divergences against float64 formulas and finite differences, teachers checked, a student that becomes its teacher."""

import json
import os
import shutil
import tempfile
import unittest

from helpers import MODEL, config, documents, start, torch, train

import numpy as np
from lemma_trainer import hf_folder, models
from lemma_trainer.batches import build_padded
from lemma_trainer.config import Distill
from lemma_trainer.objectives.distill import ChunkedDistillation, divergence_and_gradient

KINDS = ("forward", "reverse", "js")


def reference(teacher, student, kind, temperature):
    """One row by the definition, in NumPy and float64."""
    soft = lambda x: np.exp(x / temperature - np.max(x / temperature)) / np.exp(x / temperature - np.max(x / temperature)).sum()
    p, q = soft(teacher), soft(student)
    kl = lambda a, b: float((a * np.log(a / b)).sum())
    if kind == "js":
        return 0.5 * kl(p, (p + q) / 2) + 0.5 * kl(q, (p + q) / 2)
    return kl(p, q) if kind == "forward" else kl(q, p)


class Formulas(unittest.TestCase):
    def setUp(self):
        generator = torch.Generator().manual_seed(3)
        self.teacher = torch.randn(5, 11, generator=generator, dtype=torch.float64) * 3
        self.student = torch.randn(5, 11, generator=generator, dtype=torch.float64) * 3

    def test_values_are_those_of_the_definition(self):
        for kind in KINDS:
            for temperature in (1.0, 2.5):
                found, _ = divergence_and_gradient(self.teacher, self.student, kind, temperature)
                expected = [reference(t.numpy(), s.numpy(), kind, temperature) for t, s in zip(self.teacher, self.student)]
                np.testing.assert_allclose(found.numpy(), expected, rtol=1e-12)

    def test_gradients_by_finite_differences(self):
        step = 1e-6
        for kind in KINDS:
            for temperature in (1.0, 2.5):
                _, grad = divergence_and_gradient(self.teacher, self.student, kind, temperature)
                for i in range(11):
                    moved = self.student.clone()
                    moved[:, i] += step
                    up = divergence_and_gradient(self.teacher, moved, kind, temperature)[0]
                    moved[:, i] -= 2 * step
                    down = divergence_and_gradient(self.teacher, moved, kind, temperature)[0]
                    np.testing.assert_allclose(grad[:, i].numpy(), ((up - down) / (2 * step)).numpy(), rtol=1e-5, atol=1e-8)

    def test_equal_models_do_not_diverge(self):
        for kind in KINDS:
            found, grad = divergence_and_gradient(self.teacher, self.teacher, kind, 2.0)
            self.assertLess(float(found.abs().max()), 1e-12)
            self.assertLess(float(grad.abs().max()), 1e-12)

    def test_js_is_symmetric_and_at_most_log_2(self):
        one, other = (divergence_and_gradient(*pair, "js", 1.0)[0] for pair in ((self.teacher, self.student), (self.student, self.teacher)))
        torch.testing.assert_close(one, other)
        far = divergence_and_gradient(torch.tensor([[500.0, 0.0]]), torch.tensor([[0.0, 500.0]]), "js", 1.0)[0]
        self.assertAlmostEqual(float(far), float(np.log(2)), places=5)

    def test_far_apart_stays_finite(self):
        for kind in KINDS:
            value, grad = divergence_and_gradient(torch.tensor([[1e4, 0.0, -1e4]]), torch.tensor([[-1e4, 0.0, 1e4]]), kind, 1.0)
            self.assertTrue(bool(torch.isfinite(value).all()) and bool(torch.isfinite(grad).all()), kind)

    def test_chunks_equal_the_whole_by_autograd_in_float64(self):
        generator = torch.Generator().manual_seed(4)
        make = lambda *shape: torch.randn(*shape, generator=generator, dtype=torch.float64)
        hidden, head, teacher_hidden, teacher_head = make(700, 12), make(30, 12), make(700, 20), make(30, 20) * 0.3
        targets, weights = torch.randint(0, 30, (700,), generator=generator), torch.rand(700, generator=generator, dtype=torch.float64)
        for kind in KINDS:
            for temperature, share in ((1.0, 0.5), (2.0, 0.9), (1.5, 1.0), (1.0, 0.0)):
                a, b = hidden.clone().requires_grad_(), head.clone().requires_grad_()
                student, teacher = a @ b.t(), teacher_hidden @ teacher_head.t()
                log_p, log_q = torch.log_softmax(teacher / temperature, -1), torch.log_softmax(student / temperature, -1)
                mean = ((log_p.exp() + log_q.exp()) / 2).log()
                kl = lambda x, y: (x.exp() * (x - y)).sum(-1)
                divergence = {"forward": kl(log_p, log_q), "reverse": kl(log_q, log_p), "js": (kl(log_p, mean) + kl(log_q, mean)) / 2}[kind]
                cross = torch.nn.functional.cross_entropy(student, targets, reduction="none")
                expected = (weights * ((1 - share) * cross + share * temperature**2 * divergence)).sum()
                (0.7 * expected).backward()
                c, d = hidden.float().requires_grad_(), head.float().requires_grad_()
                found, sums = ChunkedDistillation.apply(c, d, teacher_hidden.float(), teacher_head.float(), targets, weights.float(),
                                                        Distill("t", kind, temperature, share), torch.float32, torch.float32)
                (0.7 * found).backward()
                with self.subTest(kind=kind, temperature=temperature, share=share):
                    self.assertAlmostEqual(float(found), float(expected), delta=1e-4 * float(expected))
                    self.assertAlmostEqual(float(sums[0]), float((weights * cross).sum()), delta=1e-3)
                    self.assertAlmostEqual(float(sums[1]), float((weights * divergence).sum()), delta=1e-3)
                    torch.testing.assert_close(c.grad.double(), a.grad, rtol=1e-3, atol=1e-4)
                    torch.testing.assert_close(d.grad.double(), b.grad, rtol=1e-3, atol=2e-3)


class Runs(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def teacher(self, **changes):
        """A folder of a llama with sharp opinions and a tokenizer."""
        shape = {**MODEL, "model_type": "llama", "num_hidden_layers": 1, **changes}
        model, folder = models.build(shape, torch.float32), os.path.join(self.folder, "teacher")
        model.initialise(7)
        with torch.no_grad():
            model.embedding.mul_(20)
        shutil.rmtree(folder, ignore_errors=True)
        hf_folder.save(folder, shape, model.to_hf())
        with open(os.path.join(folder, "tokenizer.json"), "w", encoding="utf-8") as file:
            file.write("{}")
        return folder, model

    def lines(self, name):
        with open(os.path.join(self.folder, name, "run", "metrics.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_a_student_comes_nearer_to_its_teacher(self):
        folder, teacher = self.teacher()
        for kind in KINDS:
            path = config(os.path.join(self.folder, kind), kind="distill", steps=25, learningRate=1e-2, logSteps=5,
                          distill={"teacher": folder, "divergence": kind, "share": 1.0, "temperature": 2.0})
            train(path, 2 if kind == "js" else 1)
            lines = self.lines(kind)
            self.assertLess(lines[-1]["divergence"], 0.8 * lines[0]["divergence"], kind)
            self.assertAlmostEqual(lines[-1]["loss"], 4 * lines[-1]["divergence"], places=4)
        batch = build_padded(documents(8, seed=5), 512)
        with torch.no_grad():
            self.assertGreater(float(torch.softmax(teacher.logits(batch), -1).max(-1).values.mean()), 0.2)  # it has opinions

    def test_texts_of_a_teacher_are_learned_as_in_sft(self):
        text, sft = (config(os.path.join(self.folder, kind), kind=kind, steps=3) for kind in ("distill", "sft"))
        self.assertEqual(train(text), train(sft))

    def test_a_teacher_that_does_not_fit_is_refused(self):
        for changes, message in (({"vocab_size": 32}, "expected a vocabulary of 64"), ({"max_position_embeddings": 8}, "the teacher's context 8")):
            folder, _ = self.teacher(**changes)
            process = start(config(os.path.join(self.folder, "x"), kind="distill", distill={"teacher": folder}))
            out, _ = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 1)
            self.assertIn(message, out)

    def test_another_tokenizer_is_refused(self):
        folder, _ = self.teacher()
        path, own = config(os.path.join(self.folder, "x"), kind="distill", distill={"teacher": folder}), os.path.join(self.folder, "tokenizer")
        os.makedirs(own)
        for text, code in (('{"a": 1}', 1), ("{}", 0)):
            with open(os.path.join(own, "tokenizer.json"), "w", encoding="utf-8") as file:
                file.write(text)
            with open(path, encoding="utf-8") as file:
                fields = json.load(file)
            with open(path, "w", encoding="utf-8") as file:
                json.dump({**fields, "tokenizer": own}, file)
            process = start(path)
            out, _ = process.communicate(timeout=120)
            self.assertEqual(process.returncode, code)
            self.assertEqual("expected the tokenizer of" in out, code == 1)


if __name__ == "__main__":
    unittest.main()
