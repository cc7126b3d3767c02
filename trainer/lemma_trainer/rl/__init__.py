"""Reinforcement learning with verifiable rewards (GRPO): the side that holds weights and optimiser.

Somebody else samples replies and rewards them (packages/trainer/src/rl); this side turns a folder of replies into one step.
Read in this order: server.py (commands), learner.py (a step), advantages.py and objective.py (the formulas), policy.py
(log-probabilities and their gradient), replies.py (the folder of replies).
"""
