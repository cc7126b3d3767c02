// Learns the merges: byte-pair merging by frequency, restricted to the inside of characters, words and Han runs. Owns the
// rules of what may merge and the size; knows nothing of files or of the gym.
//
// Rules: a merge joins letters with letters, a single leading space with a lower-case piece of two letters or more, the
// bytes of one character from its first byte on, or Han characters with Han characters. Nothing else. So a digit, an
// operator, a bracket or a line break is always a token of its own, a name has the same token after a space and in
// `Ann>Bob`, and `x` the same in `3x` and in `find x`. Bytes merge from the lead byte on, so no pair crosses characters.

import { BYTE_TO_CHARACTER, fromByteAlphabet, toByteAlphabet } from "./byte-alphabet.ts";
import type { PieceCounts } from "./piece-counts.ts";

export interface Vocabulary {
  /** Pieces in the byte alphabet, in id order: the 256 bytes, then one for each merge. */
  pieces: string[];
  /** Merges in rank order. */
  merges: [string, string][];
}

interface Run {
  parts: string[];
  count: number;
}

/** A merge inside a character counts this many times: whole characters are worth more to a small model than words. */
const CHARACTER_FACTOR = 3;
const SPACE = toByteAlphabet(" ");

/** Operators outside ASCII that people type: one token each, however rare they are in the gym. */
const OPERATORS = "×÷·±−√≤≥≠²³";

/**
 * Learns a vocabulary of at most `size` pieces; a merge needs `minimumCount`. The same counts give the same vocabulary:
 * ties go to the pair that sorts first. Operators come first.
 */
export function learnVocabulary(counts: PieceCounts, size: number, minimumCount: number): Vocabulary {
  const pieces = [...BYTE_TO_CHARACTER];
  const known = new Set(pieces);
  const merges: [string, string][] = [];
  const runs = [counts.words, counts.han, counts.characters].flatMap((group) =>
    Object.entries(group).map(([text, count]): Run => ({ parts: [...toByteAlphabet(text)], count })),
  );
  const merge = (left: string, right: string): void => {
    merges.push([left, right]);
    // Two merges may make the same piece (`t`+`he`, `th`+`e`).
    if (!known.has(left + right)) pieces.push(left + right);
    known.add(left + right);
    for (const run of runs) join(run, left, right, pairs);
  };
  const rules = new MergeRules(counts);
  const pairs = new Map<string, number>();
  for (const run of runs) countPairs(run, 1, pairs);
  for (const operator of OPERATORS) {
    const [lead, ...rest] = toByteAlphabet(operator);
    let piece = lead!;
    for (const byte of rest) {
      if (!known.has(piece + byte)) merge(piece, byte);
      piece += byte;
    }
  }
  while (pieces.length < size) {
    const pair = bestPair(pairs, rules, minimumCount);
    if (pair === undefined) break;
    merge(pair[0], pair[1]);
  }
  return { pieces, merges };
}

/** Says how much a pair's count is worth: 0 forbids the merge. Remembers each pair's answer. */
class MergeRules {
  readonly #protected: ReadonlySet<string>;
  readonly #known = new Map<string, number>();

  constructor({ protectedPairs, identifiers }: PieceCounts) {
    this.#protected = new Set([...protectedPairs, ...identifiers.map((word) => SPACE + word)]);
  }

  factor(key: string, left: string, right: string): number {
    let factor = this.#known.get(key);
    if (factor === undefined) {
      factor = this.#judge(left, right);
      this.#known.set(key, factor);
    }
    return factor;
  }

  #judge(left: string, right: string): number {
    if (this.#protected.has(left + right)) return 0;
    if (isLetters(right)) {
      if (left === SPACE) return /^[a-z]{2,}$/.test(right) ? 1 : 0;
      return isLetters(left.startsWith(SPACE) ? left.slice(1) : left) ? 1 : 0;
    }
    if (growsCharacter(left, right)) return CHARACTER_FACTOR;
    return isHan(left) && isHan(right) ? 1 : 0;
  }
}

const isLetters = (piece: string): boolean => /^[A-Za-z]+$/.test(piece);

/** One or more whole Han characters. */
const isHan = (piece: string): boolean => {
  const text = new TextDecoder().decode(fromByteAlphabet(piece));
  return /^\p{Script=Han}+$/u.test(text);
};

/** The start of one character, lead byte first, and its next byte. */
const growsCharacter = (left: string, right: string): boolean => {
  const bytes = fromByteAlphabet(left + right);
  if (right.length !== 1) return false;
  const lead = bytes[0]!;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return bytes.length <= length && bytes.slice(1).every((byte) => (byte & 0xc0) === 0x80);
};

function bestPair(
  pairs: ReadonlyMap<string, number>,
  rules: MergeRules,
  minimumCount: number,
): [string, string] | undefined {
  let best: [string, string] | undefined;
  let bestCount = minimumCount;
  let bestKey = "";
  for (const [key, count] of pairs) {
    if (count * CHARACTER_FACTOR < bestCount) continue;
    const [left, right] = key.split("\n") as [string, string];
    const worth = count * rules.factor(key, left, right);
    if (worth < bestCount || (worth === bestCount && best !== undefined && key >= bestKey)) continue;
    best = [left, right];
    bestCount = worth;
    bestKey = key;
  }
  return best;
}

function countPairs({ parts, count }: Run, sign: 1 | -1, pairs: Map<string, number>): void {
  for (let i = 0; i + 1 < parts.length; i++) {
    const key = `${parts[i]}\n${parts[i + 1]}`;
    pairs.set(key, (pairs.get(key) ?? 0) + sign * count);
  }
}

function join(run: Run, left: string, right: string, pairs: Map<string, number>): void {
  const { parts } = run;
  let at = parts.findIndex((part, i) => part === left && parts[i + 1] === right);
  if (at < 0) return;
  countPairs(run, -1, pairs);
  for (; at + 1 < parts.length; at++) {
    if (parts[at] === left && parts[at + 1] === right) parts.splice(at, 2, left + right);
  }
  countPairs(run, 1, pairs);
}
