// Which problems are held out of training for ever. Owns the rule of docs/contracts.md ("Dataset row"): the first 8 bytes of
// SHA-256(key), big-endian, are 0 mod 16 — that is, the low four bits of byte 7 are 0 — or the key is listed here.

import { hash } from "node:crypto";
import type { Split } from "@lemma/protocol";

/** Keys held out by name, whatever their hash: the questions that the documentation itself asks. */
export const HELD_OUT_KEYS: ReadonlySet<string> = new Set(["linear-odes y'=x^2+y"]);

/** The split of a key: decided by the problem alone, so no wording, language or seed can leak it. */
export function splitOf(key: string): Split {
  if (HELD_OUT_KEYS.has(key)) return "heldout";
  const digest = hash("sha256", key, "hex");
  return digest.charCodeAt(15) === 48 ? "heldout" : "train";
}
