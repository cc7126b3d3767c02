// The index of evaluation items that documents are looked up in. Owns the rule of what a contained item is, and its file.
//
// An item of `shortTokens` or more is contained where at least `share` of its different n-grams stand in one place: a stretch of the
// text of at most twice the item's tokens. A shorter one is contained where all its tokens stand in a row.
//
// Sampling without loss: of an item's k n-grams only k - ceil(share k) + 1 are anchors, the rarest among all items. A text that has
// ceil(share k) of them has an anchor (prefix filtering; Chaudhuri, Ganti and Kaushik, 2006), so only texts with an anchor are compared.

import { HashTable } from "./hash-table.ts";
import { TokenHashes } from "./token-hashes.ts";

/** The rule's numbers. */
export interface MatchRule {
  /** Tokens of an n-gram. */
  ngram: number;
  /** Items of fewer tokens are matched whole; at least `ngram`, at most 31. */
  shortTokens: number;
  /** Items of fewer tokens aren't matched at all. */
  minTokens: number;
}

/** A text to find. */
export interface IndexedItem {
  text: string;
  /** Above 0, at most 1: how much of the item's n-grams make it contained. */
  share: number;
}

/** An item that a text contains. */
export interface Match {
  /** Its number in the order in which the items were given. */
  item: number;
  share: number;
  rule: "overlap" | "whole";
}

/** How much longer than the item the stretch may be in which its n-grams stand. */
const STRETCH = 2;

/** How many of an item's different n-grams make it contained. */
const neededOf = (grams: number, share: number): number => Math.max(1, Math.ceil(share * grams - 1e-9));

const ARRAYS = [
  "lengths",
  "needed",
  "starts",
  "grams",
  "anchorKeys",
  "anchorValues",
  "postings",
  "prefixKeys",
  "prefixValues",
  "wholeKeys",
  "wholeValues",
  "next",
] as const;
type Arrays = Record<(typeof ARRAYS)[number], Uint32Array>;

const NONE = 0xffffffff;

/** Finds the items that a text contains. */
export class EvaluationIndex {
  readonly rule: MatchRule;
  readonly #arrays: Arrays;
  readonly #anchors: HashTable;
  readonly #prefixes: HashTable;
  readonly #whole: HashTable;

  private constructor(rule: MatchRule, arrays: Arrays) {
    this.rule = rule;
    this.#arrays = arrays;
    this.#anchors = HashTable.from(arrays.anchorKeys, arrays.anchorValues);
    this.#prefixes = HashTable.from(arrays.prefixKeys, arrays.prefixValues);
    this.#whole = HashTable.from(arrays.wholeKeys, arrays.wholeValues);
  }

  /** Builds the index of items; all their n-grams are in memory while it is built, about 40 bytes each. */
  static build(items: readonly IndexedItem[], rule: MatchRule): EvaluationIndex {
    const { ngram, shortTokens, minTokens } = rule;
    const lengths = new Uint32Array(items.length);
    const needed = new Uint32Array(items.length);
    const starts = new Uint32Array(items.length + 1);
    const long: { low: number[]; high: number[] }[] = [];
    const shorts: { item: number; length: number; whole: Hash; prefix: Hash }[] = [];
    let total = 0;
    for (const [item, { text, share }] of items.entries()) {
      const hashes = new TokenHashes(text);
      const length = hashes.count;
      lengths[item] = length;
      const grams = { low: [] as number[], high: [] as number[] };
      if (length >= shortTokens) {
        const seen = new Set<string>();
        const runs = hashes.runs(ngram);
        for (let at = 0; at + ngram <= length; at++) {
          const [low, high] = [runs.low(at), runs.high(at)];
          const name = `${low} ${high}`;
          if (seen.has(name)) continue;
          seen.add(name);
          grams.low.push(low);
          grams.high.push(high);
        }
      } else if (length >= minTokens)
        shorts.push({
          item,
          length,
          whole: hashOf(hashes, 0, length),
          prefix: hashOf(hashes, 0, minTokens),
        });
      long.push(grams);
      needed[item] = neededOf(grams.low.length, share);
      total += grams.low.length;
      starts[item + 1] = total;
    }
    const grams = new Uint32Array(total * 2);
    const frequency = HashTable.for(total);
    for (const [item, { low, high }] of long.entries())
      for (const [i, one] of low.entries()) {
        const at = (starts[item]! + i) * 2;
        grams[at] = one;
        grams[at + 1] = high[i]!;
        frequency.set(one, high[i]!, (frequency.get(one, high[i]!) ?? 0) + 1);
      }
    const postings: number[] = [];
    const chosen: [number, number, number][] = [];
    for (const [item, { low, high }] of long.entries()) {
      if (low.length === 0) continue;
      const order = low.map((one, i) => ({ low: one, high: high[i]!, times: frequency.get(one, high[i]!)! }));
      order.sort((a, b) => a.times - b.times || a.low - b.low || a.high - b.high);
      for (const gram of order.slice(0, low.length - needed[item]! + 1)) chosen.push([gram.low, gram.high, item]);
    }
    const anchors = HashTable.for(chosen.length);
    // Postings are chains (item, place of the next + 1), so that a table's value is one number.
    for (const [low, high, item] of chosen.toReversed()) {
      const next = anchors.get(low, high);
      anchors.set(low, high, postings.length);
      postings.push(item, next === undefined ? NONE : next);
    }
    const prefixes = HashTable.for(shorts.length);
    const whole = HashTable.for(shorts.length);
    const next = new Uint32Array(items.length).fill(NONE);
    for (const { item, length, whole: all, prefix } of shorts.toReversed()) {
      prefixes.set(...prefix, (prefixes.get(...prefix) ?? 0) | (1 << length));
      next[item] = whole.get(...all) ?? NONE;
      whole.set(...all, item);
    }
    return new EvaluationIndex(rule, {
      lengths,
      needed,
      starts,
      grams,
      anchorKeys: anchors.keys,
      anchorValues: anchors.values,
      postings: Uint32Array.from(postings),
      prefixKeys: prefixes.keys,
      prefixValues: prefixes.values,
      wholeKeys: whole.keys,
      wholeValues: whole.values,
      next,
    });
  }

  /** The tokens of an item. */
  tokens(item: number): number {
    return this.#arrays.lengths[item]!;
  }

  /** The items that a text contains, in their order. */
  matches(text: string): Match[] {
    const hashes = new TokenHashes(text);
    const found = [...this.#wholeMatches(hashes), ...this.#overlaps(hashes)];
    return found.sort((a, b) => a.item - b.item);
  }

  #wholeMatches(hashes: TokenHashes): Match[] {
    const { minTokens, shortTokens } = this.rule;
    const { next } = this.#arrays;
    const items = new Set<number>();
    const prefix = hashes.runs(minTokens);
    const readers = Array.from({ length: shortTokens }, (_, length) => hashes.runs(length));
    for (let at = 0; at + minTokens <= hashes.count; at++) {
      const lengths = this.#prefixes.get(prefix.low(at), prefix.high(at));
      if (lengths === undefined) continue;
      for (let length = minTokens; length < shortTokens && at + length <= hashes.count; length++) {
        if ((lengths & (1 << length)) === 0) continue;
        const first = this.#whole.get(readers[length]!.low(at), readers[length]!.high(at));
        for (let item = first ?? NONE; item !== NONE && !items.has(item); item = next[item]!) items.add(item);
      }
    }
    return [...items].map((item) => ({ item, share: 1, rule: "whole" }));
  }

  #overlaps(hashes: TokenHashes): Match[] {
    const { postings, starts, grams, lengths, needed } = this.#arrays;
    const runs = hashes.runs(this.rule.ngram);
    const places = Math.max(0, hashes.count - this.rule.ngram + 1);
    const candidates = new Set<number>();
    const seen = new Set<number>();
    for (let at = 0; at < places; at++) {
      const first = this.#anchors.get(runs.low(at), runs.high(at)) ?? NONE;
      if (first === NONE || seen.has(first)) continue;
      seen.add(first);
      for (let posting = first; posting !== NONE; posting = postings[posting + 1]!) candidates.add(postings[posting]!);
    }
    if (candidates.size === 0) return [];
    // Where each n-gram of the text stands: the last place of each in a table, the one before it in a chain.
    const last = HashTable.for(places);
    const before = new Uint32Array(places);
    for (let at = 0; at < places; at++) {
      before[at] = last.get(runs.low(at), runs.high(at)) ?? NONE;
      last.set(runs.low(at), runs.high(at), at);
    }
    const matches: Match[] = [];
    for (const item of candidates) {
      const found: { at: number; gram: number }[] = [];
      const [start, end] = [starts[item]!, starts[item + 1]!];
      for (let gram = start; gram < end; gram++) {
        let at = last.get(grams[gram * 2]!, grams[gram * 2 + 1]!) ?? NONE;
        for (; at !== NONE; at = before[at]!) found.push({ at, gram: gram - start });
      }
      const most = mostInOnePlace(found, end - start, STRETCH * lengths[item]!);
      if (most >= needed[item]!)
        matches.push({ item, share: Math.round((most / (end - start)) * 1e4) / 1e4, rule: "overlap" });
    }
    return matches;
  }

  /** The index as a file: a line of JSON, then the arrays, little-endian, each with its length in front. */
  encode(): Buffer {
    const head = Buffer.from(`${JSON.stringify({ format: "lemma-evaluation-index", version: 1, rule: this.rule })}\n`);
    const padded = Buffer.concat([head, Buffer.alloc((4 - (head.length % 4)) % 4)]);
    const parts: Uint8Array[] = [padded];
    for (const name of ARRAYS) {
      const array = this.#arrays[name];
      parts.push(Buffer.from(Uint32Array.of(array.length).buffer));
      parts.push(Buffer.from(array.buffer, array.byteOffset, array.byteLength));
    }
    return Buffer.concat(parts);
  }

  /** An index from its file. */
  static decode(file: Buffer): EvaluationIndex {
    const end = file.indexOf(10) + 1;
    const { rule } = JSON.parse(file.toString("utf8", 0, end)) as { rule: MatchRule };
    const aligned = new Uint8Array(file.length);
    aligned.set(file);
    const words = new Uint32Array(aligned.buffer, 0, file.length >>> 2);
    let at = Math.ceil(end / 4);
    const arrays: Partial<Arrays> = {};
    for (const name of ARRAYS) {
      const length = words[at++]!;
      arrays[name] = words.subarray(at, at + length);
      at += length;
    }
    return new EvaluationIndex(rule, arrays as Arrays);
  }
}

type Hash = [low: number, high: number];

function hashOf(hashes: TokenHashes, at: number, length: number): Hash {
  const runs = hashes.runs(length);
  return [runs.low(at), runs.high(at)];
}

/** The most different n-grams that stand in one stretch of `stretch` places. */
function mostInOnePlace(found: { at: number; gram: number }[], grams: number, stretch: number): number {
  found.sort((a, b) => a.at - b.at);
  const times = new Uint32Array(grams);
  let [most, different, first] = [0, 0, 0];
  for (const { at, gram } of found) {
    if (times[gram]!++ === 0) different++;
    for (; found[first]!.at <= at - stretch; first++) if (--times[found[first]!.gram]! === 0) different--;
    most = Math.max(most, different);
  }
  return most;
}
