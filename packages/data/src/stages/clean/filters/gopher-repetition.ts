// Gopher's repetition rules (thresholds.ts has source and numbers). Owns how repetition is measured: lines and paragraphs that stood
// before; of n words, the characters of the commonest run (n up to 4), and of all runs that stood before (n from 5), where a run that
// was counted is not counted again in parts. Shares are of the characters of the text, with the spaces between words of a run.

import { FIRST, HashCounts, hashOf, mix, Repeated, SECOND } from "../text/hash-set.ts";
import { linesIn, SYMBOL, type Words } from "../text/words.ts";
import { type Failure, over, type Thresholds } from "./thresholds.ts";

const PARAGRAPHS = /\n{2,}/g;

/** The first rule that a text breaks, in the order of the table. */
export function gopherRepetition(words: Words, limits: Thresholds): Failure | undefined {
  const { text } = words;
  const characters = Math.max(1, text.length);
  const lines = new Repeated();
  for (const line of linesIn(text)) if (line.trim() !== "") lines.add(line);
  const paragraphs = new Repeated();
  let from = 0;
  for (const { 0: gap, index } of text.matchAll(PARAGRAPHS)) {
    if (index > from) paragraphs.add(text.slice(from, index));
    from = index + gap.length;
  }
  if (from < text.length) paragraphs.add(text.slice(from));
  const failure =
    over(limits, "maxDuplicateLines", lines.repeats / Math.max(1, lines.total)) ??
    over(limits, "maxDuplicateParagraphs", paragraphs.repeats / Math.max(1, paragraphs.total)) ??
    over(limits, "maxDuplicateLineCharacters", lines.characters / characters) ??
    over(limits, "maxDuplicateParagraphCharacters", paragraphs.characters / characters);
  if (failure !== undefined) return failure;
  const runs = new Runs(words);
  for (const n of [2, 3, 4] as const) {
    const rule = `maxTop${n}Gram` as const;
    if (typeof limits[rule] !== "number") continue;
    const found = over(limits, rule, runs.commonest(n) / characters);
    if (found !== undefined) return found;
  }
  for (const n of [5, 6, 7, 8, 9, 10] as const) {
    const rule = `maxDuplicate${n}Grams` as const;
    if (typeof limits[rule] !== "number") continue;
    const found = over(limits, rule, runs.repeated(n) / characters);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Runs of n words, by their hashes. */
class Runs {
  readonly #count: number;
  readonly #first: Uint32Array;
  readonly #second: Uint32Array;
  readonly #lengths: Uint32Array;

  constructor({ text, starts, ends, kinds }: Words) {
    this.#first = new Uint32Array(kinds.length);
    this.#second = new Uint32Array(kinds.length);
    this.#lengths = new Uint32Array(kinds.length);
    let count = 0;
    for (const [i, kind] of kinds.entries()) {
      if (kind === SYMBOL) continue;
      this.#first[count] = hashOf(text, starts[i]!, ends[i]!, FIRST);
      this.#second[count] = hashOf(text, starts[i]!, ends[i]!, SECOND);
      this.#lengths[count++] = ends[i]! - starts[i]! + (text.charCodeAt(ends[i]!) === 32 ? 1 : 0);
    }
    this.#count = count;
  }

  /** Characters of the commonest run of n words, all times it stands there together; 0 where none stands twice. */
  commonest(n: number): number {
    const counts = new HashCounts(Math.min(this.#count, 1 << 16));
    let [most, characters] = [1, 0];
    for (let at = 0; at + n <= this.#count; at++) {
      const times = counts.add(...this.#run(at, n));
      const length = times * this.#length(at, n);
      if (times > most || (times === most && times > 1 && length > characters)) [most, characters] = [times, length];
    }
    return characters;
  }

  /** Characters of runs of n words that stood before. */
  repeated(n: number): number {
    const counts = new HashCounts(Math.min(this.#count, 1 << 16));
    let characters = 0;
    for (let at = 0; at + n <= this.#count; ) {
      if (counts.add(...this.#run(at, n)) === 1) at++;
      else {
        characters += this.#length(at, n);
        at += n;
      }
    }
    return characters;
  }

  #run(at: number, n: number): [number, number] {
    let [high, low] = [0, 0];
    for (let i = at; i < at + n; i++) {
      high = (Math.imul(high, FIRST) + this.#first[i]!) | 0;
      low = (Math.imul(low, SECOND) + this.#second[i]!) | 0;
    }
    return [mix(high), mix(low)];
  }

  #length(at: number, n: number): number {
    let sum = 0;
    for (let i = at; i < at + n; i++) sum += this.#lengths[i]!;
    return sum;
  }
}
