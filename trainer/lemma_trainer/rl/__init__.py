"""Reinforcement learning from replies that packages/trainer/src/rl sampled and judged.

batch.py reads a step's replies, formulas.py turns rewards into a weight for each sampled token, server.py holds the
model and answers commands. Rewards, problems and rollouts are the TypeScript side's.
"""
