// How a system is put into a sentence: by its typed equations, in words, in a story where its numbers allow one. Owns these makers;
// english.ts and chinese.ts write the sentences.

import type { Language } from "@lemma/protocol";

/** A text with both equations, or one that says them in words for given signs of b and e. */
export type Wording = string | ((kind: Kind) => string);

/** What decides the words of a system: the signs of b and e, and the stories that its numbers allow. */
export interface Kind {
  readonly b: -1 | 1;
  readonly e: -1 | 1;
  /** What the numbers could stand for: `cards` where all coefficients are positive, `priced` where all numbers are, `countable` where the letters are x and y too. */
  readonly things: "countable" | "priced" | "cards" | "";
}

/** Every kind that a problem can have. */
export const KINDS: readonly Kind[] = [
  ...(["countable", "priced", "cards"] as const).map((things) => ({ b: 1, e: 1, things }) as const),
  ...([-1, 1] as const).flatMap((b) => ([-1, 1] as const).map((e) => ({ b, e, things: "" }) as const)),
];

/** The kinds of things that a story can be told of, by the kind that the story asks for. */
const TOLD = {
  countable: ["countable"],
  priced: ["countable", "priced"],
  cards: ["countable", "priced", "cards"],
};

/** Fills {plus1} {plus2} with `plus` or `minus`, {sum1} {sum2} with `sum` or `difference`. */
export const inWords = (language: Language, text: string) => (kind: Kind) => {
  const words =
    language === "en"
      ? { plus: ["plus", "minus"], sum: ["sum", "difference"] }
      : { plus: ["加", "减"], sum: ["和", "差"] };
  return text.replace(
    /\{(plus|sum)([12])\}/g,
    (_, word: "plus" | "sum", row: string) => words[word][kind[row === "1" ? "b" : "e"] > 0 ? 0 : 1]!,
  );
};

/** A story where the numbers allow it; any other system is said in words. */
export const only = (things: keyof typeof TOLD, language: Language, text: string, otherwise: string) => (kind: Kind) =>
  TOLD[things].includes(kind.things) ? text : inWords(language, otherwise)(kind);
