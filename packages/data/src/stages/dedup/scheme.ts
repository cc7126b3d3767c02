// How near duplicates are looked for: shingles, MinHash bands, the similarity that counts. Owns presets and the detection curve.
//
// A pair with Jaccard similarity s agrees in one MinHash with probability s, in a band of r with s^r, and in at least one of b bands
// with 1 − (1 − s^r)^b (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", §3.4). Whatever agrees in a band is compared
// exactly, so b and r decide what is found and what it costs, never what counts as a duplicate.

/** What a shingle is made of, and how pairs are found. */
export interface Scheme {
  /** `words` (shingles.ts says what a word is) or `characters` (code points, runs of white space as one space). */
  unit: "words" | "characters";
  /** Units in a shingle. */
  size: number;
  bands: number;
  /** MinHashes in a band. */
  rows: number;
  /** The exact Jaccard similarity of shingle sets from which two documents are duplicates, 0 to 1. */
  similarity: number;
}

/**
 * Named schemes. `lemma`: finds 99.2 % of pairs at a similarity of 0.8, more above. The others have the shingles and bands of known
 * pipelines: FineWeb (datatrove), NeMo Curator's default, SlimPajama (13-grams at 0.8; 9 × 13 is what minimises the curve's
 * error on both sides of 0.8 with 128 hashes). Those pipelines drop what agrees in a band unseen; here it is compared, `fineweb` at the
 * middle of its curve.
 */
export const PRESETS = {
  lemma: { unit: "words", size: 5, bands: 16, rows: 6, similarity: 0.8 },
  fineweb: { unit: "words", size: 5, bands: 14, rows: 8, similarity: 0.72 },
  curator: { unit: "characters", size: 24, bands: 20, rows: 13, similarity: 0.8 },
  slimpajama: { unit: "words", size: 13, bands: 9, rows: 13, similarity: 0.8 },
} as const satisfies Record<string, Scheme>;

export type PresetName = keyof typeof PRESETS;

/**
 * The probability that a pair of this similarity is compared at all.
 * @example detection(0.8, { bands: 14, rows: 8 }) // 0.924, as datatrove says of FineWeb's settings
 */
export function detection(similarity: number, { bands, rows }: Pick<Scheme, "bands" | "rows">): number {
  return 1 - (1 - similarity ** rows) ** bands;
}

/** The curve from 0.3 to 1 in steps of 0.05, for people. */
export function detectionCurve(scheme: Pick<Scheme, "bands" | "rows">): { similarity: number; found: number }[] {
  return Array.from({ length: 15 }, (_, i) => {
    const similarity = (30 + 5 * i) / 100;
    return { similarity, found: detection(similarity, scheme) };
  });
}
