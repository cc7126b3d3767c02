// Learns the merges: first one token for each character outside ASCII, then byte-pair merges inside words and Han runs.
// Owns the rules of what may merge and the size; knows nothing of files or of the gym.
//
// Rules: a merge joins letters with letters, a single leading space with a lower-case piece of two letters or more, or
// Han with Han. Nothing else. So a digit, an operator, a bracket or a line break is always a token of its own, a name
// has the same token after a space and in `Ann>Bob`, and `x` the same in `3x` and in `find x`.

import { BYTE_TO_CHARACTER, toByteAlphabet } from "./byte-alphabet.ts";
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

const SPACE = toByteAlphabet(" ");
const isLetters = (piece: string): boolean => /^[A-Za-z]+$/.test(piece);
const isLower = (piece: string): boolean => /^[a-z]{2,}$/.test(piece);
const isHan = (piece: string): boolean => piece.charCodeAt(0) >= 0xe3 && piece.charCodeAt(0) <= 0xef;

/**
 * Learns a vocabulary of at most `size` pieces. A character needs `minimumCount` to get a token, a merged pair too.
 * The same counts give the same vocabulary: ties go to the pair that sorts first.
 */
export function learnVocabulary(counts: PieceCounts, size: number, minimumCount: number): Vocabulary {
  const builder = new MergeList();
  const characters = new Map<string, number>(Object.entries(counts.characters));
  for (const [run, count] of Object.entries(counts.han)) {
    for (const character of run) characters.set(character, (characters.get(character) ?? 0) + count);
  }
  const frequent = [...characters]
    .filter(([, count]) => count >= minimumCount)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [character] of frequent) builder.addCharacter(character);

  const known = new Set(builder.pieces);
  const runs = [
    ...Object.entries(counts.words).map(([word, count]): Run => ({ parts: [...toByteAlphabet(word)], count })),
    ...Object.entries(counts.han).map(([run, count]): Run => ({ parts: characterParts(run, known), count })),
  ];
  const forbidden = new Set(counts.protectedPairs);
  while (builder.pieces.length < size) {
    const pair = bestPair(runs, forbidden, minimumCount);
    if (pair === undefined) break;
    builder.add(pair[0], pair[1]);
    for (const run of runs) join(run, pair[0], pair[1]);
  }
  return { pieces: builder.pieces, merges: builder.merges };
}

const characterParts = (run: string, known: ReadonlySet<string>): string[] =>
  [...run].flatMap((character) => {
    const spelled = toByteAlphabet(character);
    return known.has(spelled) ? [spelled] : [...spelled];
  });

class MergeList {
  readonly pieces: string[] = [...BYTE_TO_CHARACTER];
  readonly merges: [string, string][] = [];
  readonly #known = new Set<string>(BYTE_TO_CHARACTER);

  /** Two merges may make the same piece (`t`+`he`, `th`+`e`). */
  add(left: string, right: string): void {
    const piece = left + right;
    this.merges.push([left, right]);
    if (this.#known.has(piece)) return;
    this.#known.add(piece);
    this.pieces.push(piece);
  }

  /** From the first byte on: a lead byte starts each pair, so no pair crosses two characters. */
  addCharacter(character: string): void {
    const bytes = [...toByteAlphabet(character)];
    let piece = bytes[0]!;
    for (const byte of bytes.slice(1)) {
      if (!this.#known.has(piece + byte)) this.add(piece, byte);
      piece += byte;
    }
  }
}

const mayMerge = (left: string, right: string, forbidden: ReadonlySet<string>): boolean => {
  if (forbidden.has(left + right)) return false;
  if (isLetters(right)) {
    if (isLetters(left)) return true;
    if (left === SPACE) return isLower(right);
    return left.startsWith(SPACE) && isLetters(left.slice(1));
  }
  return isHan(left) && isHan(right) && left.length % 3 === 0 && right.length % 3 === 0;
};

function bestPair(
  runs: readonly Run[],
  forbidden: ReadonlySet<string>,
  minimumCount: number,
): [string, string] | undefined {
  const counts = new Map<string, number>();
  for (const { parts, count } of runs) {
    for (let i = 0; i + 1 < parts.length; i++) {
      const key = `${parts[i]}\n${parts[i + 1]}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  }
  let best: [string, string] | undefined;
  let bestCount = minimumCount - 1;
  let bestKey = "";
  for (const [key, count] of counts) {
    if (count < bestCount || (count === bestCount && key >= bestKey)) continue;
    const [left, right] = key.split("\n") as [string, string];
    if (!mayMerge(left, right, forbidden)) continue;
    best = [left, right];
    bestCount = count;
    bestKey = key;
  }
  return best;
}

function join(run: Run, left: string, right: string): void {
  const { parts } = run;
  for (let i = 0; i + 1 < parts.length; i++) {
    if (parts[i] === left && parts[i + 1] === right) parts.splice(i, 2, left + right);
  }
}
