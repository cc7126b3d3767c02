"""The plan of batches: every document once an epoch, little padding, independent of the number of ranks, resumable."""

import tempfile
import unittest

from helpers import documents, torch

import numpy as np
from lemma_trainer.batches import BatchStream
from lemma_trainer.shards import Shards, write_shard


class Plans(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        docs = documents(700, longest=120)
        write_shard(self._folder.name, docs[:300], 0)
        write_shard(self._folder.name, docs[300:], 1)
        self.documents, self.shards = docs, Shards([self._folder.name])

    def tearDown(self):
        self._folder.cleanup()

    def test_shards_give_documents_back(self):
        self.assertEqual(len(self.shards), 700)
        for index in (0, 299, 300, 699):
            tokens, loss = self.shards.document(index)
            np.testing.assert_array_equal(tokens, self.documents[index][0])
            np.testing.assert_array_equal(loss, self.documents[index][1])
            self.assertEqual(self.shards.loss_counts[index], int(self.documents[index][1][1:].sum()))

    def test_every_document_once_an_epoch(self):
        for layout in ("padded", "packed"):
            stream = BatchStream(self.shards, layout, 512, 128, 1)
            seen = []
            while stream.epoch == 0:
                seen.extend(stream.take(1)[0].tolist())
            self.assertEqual(sorted(seen), list(range(700)))

    def test_padding_is_small_and_shapes_are_few(self):
        for layout, limit in (("padded", 0.08), ("packed", 0.02)):
            stream = BatchStream(self.shards, layout, 1024, 700, 1)
            plan = [documents_ for documents_ in stream.take(12)]
            batches = [stream.build(documents_) for documents_ in plan]
            slots = sum(len(batch.tokens_N) for batch in batches)
            self.assertEqual(slots, stream.slots(plan))
            self.assertLess(1 - sum(batch.tokens for batch in batches) / slots, limit)
            self.assertTrue(all(batch.length % 16 == 0 for batch in batches))

    def test_restored_stream_goes_on_alike(self):
        for layout in ("padded", "packed"):
            stream, other = (BatchStream(self.shards, layout, 512, 64, 2) for _ in range(2))
            stream.take(37)
            other.restore(stream.state())
            for a, b in zip(stream.take(60), other.take(60)):
                np.testing.assert_array_equal(a, b)

    def test_targets_are_the_learned_tokens(self):
        for layout in ("padded", "packed"):
            stream = BatchStream(self.shards, layout, 512, 64, 2)
            chosen = stream.take(1)[0]
            batch = stream.build(chosen)
            count = batch.loss_tokens
            self.assertEqual(count, int(self.shards.loss_counts[chosen].sum()))
            torch.testing.assert_close(batch.tokens_N[batch.loss_at[:count] + 1], batch.targets[:count])
            self.assertEqual(float(batch.weights.sum()), count)


if __name__ == "__main__":
    unittest.main()
