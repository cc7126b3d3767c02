"""The peers of `lemma bench train` compute what the trainer computes: a benchmark against a wrong loop would say nothing."""

import json
import os
import sys
import tempfile
import unittest

from helpers import FOLDER, MODEL, documents, torch

from lemma_trainer import models, safetensors
from lemma_trainer.batches import build_padded

sys.path.insert(0, os.path.join(os.path.dirname(FOLDER), "bench", "peers"))
import plain_sampler  # noqa: E402
import plain_train  # noqa: E402
from plain_model import Decoder  # noqa: E402

LATENT = {
    "model_type": "deepseek_v3", "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
    "q_lora_rank": 16, "kv_lora_rank": 16, "qk_nope_head_dim": 16, "qk_rope_head_dim": 16, "v_head_dim": 16,
    "intermediate_size": 64, "moe_intermediate_size": 16, "n_routed_experts": 4, "num_experts_per_tok": 2, "n_shared_experts": 1,
    "first_k_dense_replace": 1, "rms_norm_eps": 1e-6, "rope_theta": 10000, "max_position_embeddings": 128, "tie_word_embeddings": False,
}


def random_model(config):
    model = models.build(config, torch.float32)
    model.initialise(3)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(3) if parameter.dim() == 2 else parameter.add_(torch.randn_like(parameter) * 0.1)
    return model


def plain_of(model, config):
    plain = Decoder(config).eval()
    names = {}
    for name, tensor in model.to_hf().items():
        name = name.replace("model.layers.", "blocks.").replace("model.", "").replace("self_attn", "attention")
        name = name.replace("kv_a_proj_with_mqa", "kv_a_proj").replace("shared_experts", "shared").replace("gate.e_score_correction_bias", "bias")
        names[name] = tensor
    missing, unexpected = plain.load_state_dict(names, strict=False)
    assert not unexpected and all(name in ("cos", "sin", "lm_head.weight") for name in missing), (missing, unexpected)
    return plain


class PlainModels(unittest.TestCase):
    def test_same_loss_as_the_trainer(self):
        docs = documents(6, seed=3)
        for config in (MODEL, LATENT):
            with self.subTest(config["model_type"]):
                model = random_model(config)
                expected = float(model.loss(build_padded(docs, 512)))
                tokens, real, labels = plain_train.batch_of([(t, m) for t, m in docs])
                with torch.no_grad():
                    logits = plain_of(model, config)(tokens, real)
                found = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="sum")
                self.assertAlmostEqual(float(found), expected, delta=1e-4 * expected)

    def test_the_sampler_continues_as_the_trainer_would(self):
        model = random_model(MODEL)
        with tempfile.TemporaryDirectory() as folder:
            safetensors.save_file({name: value.to(torch.bfloat16) for name, value in model.to_hf().items()}, os.path.join(folder, "model.safetensors"))
            with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
                json.dump(MODEL, file)
            sampler = plain_sampler.Sampler(folder, 3, 12)
        tokens = torch.randint(1, 64, (3, 12), generator=torch.Generator().manual_seed(1))
        with torch.no_grad():
            sampler.forward(tokens[:, :8], 0)
            for at in range(8, 11):
                sampler.forward(tokens[:, at : at + 1], at)
            found = sampler.forward(tokens[:, 11:], 11)
            batch = build_padded([(row.numpy(), torch.ones(12).numpy()) for row in tokens], 64)
            rows = torch.arange(3) * batch.length + 11
            expected = model.logits(batch, rows)
        self.assertLess(float((found - expected).norm() / expected.norm()), 0.03)
        self.assertEqual(sampler.sample(tokens[:, :4], 5).shape, (3, 5))


if __name__ == "__main__":
    unittest.main()
