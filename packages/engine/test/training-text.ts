// Generated words in the proportions of real text, and the BPE merges learned from them: a vocabulary as large as a test can
// afford, without any text of others.

import { spelled } from "./test-vocabulary.ts";

const SYLLABLES =
  "ba con der en fi ga ha in jo ka li mo ness or pre qua re si ti un ver wo xi ys ing tion est ly ful".split(" ");
const HANZI = [
  ..."的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长解方程求导数",
];
const CODE = [
  "return ",
  "const ",
  "if (",
  ") {\n",
  "\n    ",
  "\n\n",
  " = ",
  " == ",
  "[i]",
  "();",
  " => ",
  "// ",
  "self.",
  "+=",
  "</",
  "\t",
];
const ENDINGS = [".", ",", "!", "?", "'s", "'ll", "'t", "'VE", "。", "，", "\n", " (", ")", '"', ""];

/** Words as they stand between two spaces or line breaks, the space before them included: merges across a split matter. */
export function trainingWords(count: number, seed: number): string[] {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const zipf = (limit: number): number => Math.floor(limit ** (below(1000) / 1000)) - 1; // small numbers more often
  const pick = (list: readonly string[]): string => list[zipf(list.length + 1) % list.length]!;
  const many = (limit: number, make: () => string): string => Array.from({ length: 1 + below(limit) }, make).join("");
  const makers = [
    () => ` ${many(3, () => pick(SYLLABLES))}${pick(ENDINGS)}`,
    () => ` ${many(3, () => pick(SYLLABLES))}`,
    () => many(5, () => pick(HANZI)) + pick(ENDINGS),
    () => many(2, () => pick(CODE)) + many(2, () => pick(SYLLABLES)),
    () => many(8, () => String(below(10))) + pick(["", "+", "=", ".", "-", ","]),
    () => pick([" ", "\n", "\r\n", "\t"]).repeat(1 + below(8)),
    () =>
      pick(["é", "ü", "ß", "ж", "я", "ア", "の", "カ", "・", "한", "🙂", "👍", "²", "½", "\u0301", "\u200b"]).repeat(
        1 + below(3),
      ),
  ];
  return Array.from({ length: count }, () => makers[below(makers.length)]!());
}

interface Word {
  parts: string[];
  times: number;
}

/**
 * The merges of byte-pair encoding: the most frequent neighbouring pair first, ties in a fixed order. Pairs are
 * counted once and kept up to date, so that thousands of merges take a second.
 */
export function trainMerges(words: readonly string[], count: number): [string, string][] {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  const all: Word[] = [...times].map(([word, n]) => ({ parts: [...spelled(word)], times: n }));
  const counts = new Map<string, number>();
  const places = new Map<string, Set<Word>>();
  const add = (word: Word, sign: number): void => {
    for (let i = 0; i + 1 < word.parts.length; i++) {
      const pair = `${word.parts[i]} ${word.parts[i + 1]}`;
      const count = (counts.get(pair) ?? 0) + sign * word.times;
      if (count > 0) counts.set(pair, count);
      else counts.delete(pair);
      if (sign > 0) places.set(pair, (places.get(pair) ?? new Set()).add(word));
    }
  };
  for (const word of all) add(word, 1);
  const merges: [string, string][] = [];
  while (merges.length < count) {
    let best = "";
    let most = 0;
    for (const [pair, n] of counts) if (n > most) [best, most] = [pair, n];
    if (most === 0) break;
    const [left, right] = best.split(" ") as [string, string];
    merges.push([left, right]);
    for (const word of places.get(best) ?? []) {
      add(word, -1);
      const merged: string[] = [];
      for (let i = 0; i < word.parts.length; i++) {
        const isPair = word.parts[i] === left && word.parts[i + 1] === right;
        merged.push(isPair ? left + right : word.parts[i]!);
        if (isPair) i++;
      }
      word.parts = merged;
      add(word, 1);
    }
  }
  return merges;
}
