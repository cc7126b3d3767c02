// One step's replies as files for the update: tokens, which of them were sampled, the engine's log-probabilities, rewards and groups.
// Owns the folder's layout, which trainer/lemma_trainer/rl reads.
//
//   tokens.npy     uint16 (uint32 above 65,536 entries)   prompt and reply, one document behind the other
//   loss.npy       uint8     1 where the token was sampled
//   documents.npy  int64     where documents begin, and the end
//   logprobs.npy   float32   the engine's log-probability of a sampled token (temperature 1), else 0
//   rewards.npy    float32   of a document
//   groups.npy     int32     of a document: replies to the same problem have the same number
//   truncated.npy  uint8     of a document: cut off at the limit

import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { encodeNpy, type NpyArray } from "@lemma/data";

/** A reply with what it earned. */
export interface RewardedReply {
  prompt: Uint32Array;
  tokens: Uint32Array;
  logprobs: Float32Array;
  reward: number;
  group: number;
  isTruncated: boolean;
}

/** Writes the folder whole, in place of an earlier one. `vocabulary`: entries of the tokenizer. */
export async function writeBatch(folder: string, replies: readonly RewardedReply[], vocabulary: number): Promise<void> {
  const offsets = [0];
  for (const { prompt, tokens } of replies) offsets.push(offsets.at(-1)! + prompt.length + tokens.length);
  const total = offsets.at(-1)!;
  const tokens = vocabulary > 65_536 ? new Uint32Array(total) : new Uint16Array(total);
  const loss = new Uint8Array(total);
  const logprobs = new Float32Array(total);
  for (const [i, reply] of replies.entries()) {
    const sampled = offsets[i]! + reply.prompt.length;
    tokens.set(reply.prompt, offsets[i]);
    tokens.set(reply.tokens, sampled);
    loss.fill(1, sampled, offsets[i + 1]);
    logprobs.set(reply.logprobs, sampled);
  }
  const columns: Record<string, NpyArray> = {
    tokens,
    loss,
    documents: BigInt64Array.from(offsets, BigInt),
    logprobs,
    rewards: Float32Array.from(replies, ({ reward }) => reward),
    groups: Int32Array.from(replies, ({ group }) => group),
    truncated: Uint8Array.from(replies, ({ isTruncated }) => (isTruncated ? 1 : 0)),
  };
  const making = `${folder}.tmp`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  for (const [name, array] of Object.entries(columns))
    await writeFile(path.join(making, `${name}.npy`), encodeNpy(array));
  await rm(folder, { recursive: true, force: true });
  await rename(making, folder);
}
