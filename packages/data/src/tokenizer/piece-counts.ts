// Counts, over gym text, of the only pieces that merges may grow in: Latin words, Han runs, single characters outside
// ASCII. Owns what counts as such a piece; the order and number of merges is vocabulary.ts.
//
// Never counted, so never merged: digits, operators, ASCII punctuation, line breaks, runs of spaces. Letters that stand
// for quantities (`dx`, `Ce^(x)`, `xy`) are recorded as protected pairs: the reader of a formula needs each letter.

import { preTokenize } from "./pre-tokenizer.ts";

/** What the vocabulary is learned from; weights are rounded to integers. Kept in corpus/tokenizer-words.json. */
export interface PieceCounts {
  /** Words of ASCII letters. A leading space belongs to lower-case words of two letters or more; names and single letters keep one form. */
  words: Record<string, number>;
  /** Runs of Chinese characters, cut where no merge would join. */
  han: Record<string, number>;
  /** Characters outside ASCII that are neither letters nor Han: punctuation, operators. */
  characters: Record<string, number>;
  /** Pairs of letters that must stay two tokens. */
  protectedPairs: string[];
  /** Words that name quantities (`total=0`): one form, never with a leading space. */
  identifiers: string[];
}

/** Han runs are cut between characters that stand together more rarely than this: no merge would join them. */
const COMMON_PAIR = 150;
/** Rarer pieces are left out: they earn no merge, and the file of counts stays small. */
const KEPT = 3;
const SHORT_WORDS = new Set(
  "am an as at be by do go he if in is it me my no of on or so to up us we if let var hi ok oh".split(" "),
);

/**
 * Collects piece counts from weighted text.
 * @example
 * const counter = new PieceCounter(["\\boxed{"]);
 * counter.add("Solve 3x+12=0", 1);
 * counter.counts().words; // { Solve: 1, x: 1 }
 */
export class PieceCounter {
  readonly #words = new Map<string, number>();
  readonly #han = new Map<string, number>();
  readonly #characters = new Map<string, number>();
  readonly #protected = new Set<string>();
  readonly #identifiers = new Set<string>();
  readonly #cuts: string[];

  /** `cuts`: contents of added tokens, which are taken out of the text before counting. */
  constructor(cuts: readonly string[]) {
    this.#cuts = [...cuts];
  }

  add(text: string, weight: number): void {
    this.#identify(text);
    let rests = [text];
    for (const cut of this.#cuts) rests = rests.flatMap((rest) => rest.split(cut));
    for (const rest of rests) {
      this.#protect(rest);
      for (const piece of preTokenize(rest)) this.#count(piece, weight);
    }
  }

  counts(): PieceCounts {
    for (const word of this.#identifiers) {
      bump(this.#words, word, this.#words.get(` ${word}`) ?? 0);
      this.#words.delete(` ${word}`);
    }
    const sorted = (map: Map<string, number>): Record<string, number> =>
      Object.fromEntries(
        [...map]
          .map(([piece, count]): [string, number] => [piece, Math.round(count)])
          .filter(([, count]) => count >= KEPT)
          .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
      );
    return {
      words: sorted(this.#words),
      han: sorted(cutRarePairs(this.#han)),
      characters: sorted(this.#characters),
      protectedPairs: [...this.#protected].sort(),
      identifiers: [...this.#identifiers].sort(),
    };
  }

  #protect(text: string): void {
    for (const match of text.matchAll(/(?<![A-Za-z])[A-Za-z]{2}(?![A-Za-z])/g)) {
      const pair = match[0];
      const before = text[match.index - 1] ?? "";
      const formula = text[match.index + 2] === "^" || /[0-9/)]/.test(before);
      if (formula || !SHORT_WORDS.has(pair.toLowerCase())) this.#protected.add(pair);
    }
  }

  #identify(text: string): void {
    for (const match of text.matchAll(/(?<![A-Za-z])([a-z]{2,})(?= ?(?:[-+*]=|=))/g)) this.#identifiers.add(match[1]!);
  }

  #count(piece: string, weight: number): void {
    for (const match of piece.matchAll(/( ?)([A-Za-z]+)|(\p{Script=Han}+)|([^\0-\x7f\p{L}])/gu)) {
      const [, space, word, han, character] = match;
      if (word !== undefined) {
        const spaced = space === " " && word.length > 1 && /^[a-z]+$/.test(word);
        bump(this.#words, spaced ? ` ${word}` : word, weight);
      } else if (han !== undefined) bump(this.#han, han, weight);
      else if (character !== undefined) bump(this.#characters, character, weight);
    }
  }
}

function cutRarePairs(runs: ReadonlyMap<string, number>): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const [run, count] of runs) {
    const characters = [...run];
    for (let i = 0; i + 1 < characters.length; i++) bump(pairs, characters[i]! + characters[i + 1]!, count);
  }
  const cut = new Map<string, number>();
  for (const [run, count] of runs) {
    let piece = "";
    for (const character of run) {
      const last = [...piece].at(-1);
      if (last !== undefined && pairs.get(last + character)! < COMMON_PAIR) {
        bump(cut, piece, count);
        piece = "";
      }
      piece += character;
    }
    bump(cut, piece, count);
  }
  return cut;
}

const bump = (map: Map<string, number>, key: string, weight: number): void => {
  map.set(key, (map.get(key) ?? 0) + weight);
};
