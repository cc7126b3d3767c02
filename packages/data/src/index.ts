// The public surface of @lemma/data.

export type { DataSource, RowGroup } from "./shards/data-source.ts";
export { documentsOf, type TokenDocument } from "./shards/document.ts";
export { parseRows } from "./shards/file-source.ts";
export { decodeNpy, encodeNpy, type NpyArray } from "./shards/npy.ts";
export { type Counts, readShardIndex, type ShardEntry, type ShardIndex, verifyShards } from "./shards/shard-index.ts";
export { type WriteEvaluationOptions, writeEvaluationShards } from "./shards/write-evaluation.ts";
export { type ShardProgress, type WriteShardsOptions, writeShards } from "./shards/write-shards.ts";
export { Bpe } from "./tokenizer/bpe.ts";
export { loadBpe, tokenizerHash } from "./tokenizer/tokenizer-folder.ts";
export { type WriteTokenizerOptions, writeTokenizer } from "./tokenizer/write-tokenizer.ts";
