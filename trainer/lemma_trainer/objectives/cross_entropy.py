"""Cross-entropy: of all tokens (pretrain), or of those that the mask names (sft, and distillation from a teacher's texts).

The mask and the weights of messages stand in the shards; a document never sees another in either layout (batches.py).
"""

from ..batches import BatchStream
from ..shards import Shards


class CrossEntropy:
    """The objective that every other one follows: see __init__.py for what its parts mean."""

    loss = None

    def __init__(self, learn_all=False):
        self.learn_all = learn_all

    def shards(self, folders):
        return Shards(folders, self.learn_all)

    def stream(self, shards, layout, budget, pool, seed):
        return BatchStream(shards, layout, budget, pool, seed)

    def prepare(self, model, stream, parallel, path, is_new):
        """`is_new`: no step of the stage has been made. `path`: where what is costly may be kept, without its ending."""

    def take(self, parallel):
        return {}
