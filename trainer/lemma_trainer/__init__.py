"""Lemma's trainer: reads one resolved config.json, trains with PyTorch (1.13 or newer), writes a run folder."""
