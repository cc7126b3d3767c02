"""How much better a reply is than the others to the same problem. Must not know tokens or models.

Group-relative advantages of GRPO (Z. Shao et al., 2024, arXiv 2402.03300, section 4.1) with the choices made since:
no division by the deviation (Z. Liu et al., 2025, arXiv 2503.20783), division by the deviation of the whole step (Z. Liu et
al., 2025, arXiv 2508.08221), groups with nothing to tell apart left out (Q. Yu et al., 2025, arXiv 2503.14476).
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Advantages:
    """`values_R`: advantage of each reply, float64. `used_R`: whether the reply takes part in the loss."""

    values_R: np.ndarray
    used_R: np.ndarray
    equal_groups: int  # groups whose rewards are all the same, one reply alone included
    truncated: int  # replies that are left out only because they were cut off


def advantages(rewards_R, groups_R, truncated_R, std="batch", drop_equal=True, mask_truncated=True):
    """Advantages of all replies of a step: reward - mean of the group, divided by a population standard deviation.

    std: "group" (that of the group's rewards), "batch" (that of all rewards of the step) or "none". A group whose rewards
    are all equal has advantages of exactly 0; with `drop_equal` it takes no part. With `mask_truncated` a reply that was cut
    off takes no part either, but its reward still counts in the mean and deviation of its group.

    advantages([1, 0, 3, 3], [0, 0, 1, 1], [0, 0, 0, 0], "none").values_R is [0.5, -0.5, 0, 0], used_R the first two.
    """
    rewards = np.asarray(rewards_R, dtype=np.float64)
    groups, is_cut = np.asarray(groups_R), np.asarray(truncated_R, dtype=bool)
    values, equal, equal_groups = np.zeros(len(rewards)), np.zeros(len(rewards), dtype=bool), 0
    for group in np.unique(groups):
        mine = np.flatnonzero(groups == group)
        of_group = rewards[mine]
        if of_group.min() == of_group.max():
            equal[mine], equal_groups = True, equal_groups + 1
            continue
        values[mine] = (of_group - of_group.mean()) / (of_group.std() if std == "group" else 1.0)
    if std == "batch" and not equal.all():
        values /= rewards.std()
    kept = ~equal if drop_equal else np.ones(len(rewards), dtype=bool)
    used = kept & ~is_cut if mask_truncated else kept
    return Advantages(values, used, equal_groups, int((kept & ~used).sum()))
