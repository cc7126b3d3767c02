// How much of what was planted a run of `dedup` found, and how much of what it dropped was planted. Owns the two measures; similarity is
// computed on sets of strings, not by the hashes that are measured.

import type { DataDocument } from "../../documents/document.ts";
import { Forest } from "./forest.ts";
import { type PlantedDocument, setJaccard, shingleStrings, trueJaccard } from "./planted-corpus.ts";
import type { Scheme } from "./scheme.ts";

/** What was measured, as counts and shares. */
export interface DedupMeasure {
  /** Pairs of one family whose true similarity reaches the scheme's, and how many of them ended in one cluster. */
  pairs: number;
  found: number;
  recall: number;
  /** Documents dropped, and those of them whose replacement is of the same family or truly that similar. */
  dropped: number;
  right: number;
  precision: number;
}

/**
 * Measures a run over a planted corpus.
 * @param ids the ids of the planted documents, in their order
 * @param dropped what the run dropped: the last entry of its history names the document that stays
 * @param perFamily of larger families the first so many are paired
 */
export function measureDedup(
  planted: readonly PlantedDocument[],
  ids: readonly string[],
  dropped: readonly DataDocument[],
  scheme: Pick<Scheme, "unit" | "size" | "similarity">,
  perFamily = 40,
): DedupMeasure {
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const clusters = new Forest();
  let right = 0;
  for (const { id, history } of dropped) {
    const [own, other] = [placeOf.get(id)!, placeOf.get(String(history!.at(-1)!.of))!];
    clusters.join(own, other);
    const [a, b] = [planted[own]!, planted[other]!];
    if (a.family === b.family || trueJaccard(a.text, b.text, scheme) >= scheme.similarity) right++;
  }
  let [pairs, found] = [0, 0];
  for (const members of Map.groupBy(planted.keys(), (i) => planted[i]!.family).values()) {
    if (members.length === 1) continue;
    const some = members.slice(0, perFamily);
    const sets = some.map((i) => shingleStrings(planted[i]!.text, scheme));
    for (let i = 0; i < some.length; i++)
      for (let j = i + 1; j < some.length; j++) {
        if (sets[i]!.size === 0 || sets[j]!.size === 0 || setJaccard(sets[i]!, sets[j]!) < scheme.similarity) continue;
        pairs++;
        if (clusters.root(some[i]!) === clusters.root(some[j]!)) found++;
      }
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  return {
    pairs,
    found,
    recall: share(found, pairs),
    dropped: dropped.length,
    right,
    precision: share(right, dropped.length),
  };
}
