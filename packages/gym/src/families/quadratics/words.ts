// Quadratic equations said in words: "3 times the square of a number plus 5 times the number". Owns the phrases in both languages; the
// wordings put them into sentences.
//
// Slots: {X} the number at its first mention, {Y} later, {a}, {b} without its sign, {r} the right side.

import type { Language } from "@lemma/protocol";
import type { Quadratic } from "./problem.ts";

/** What decides the words: whether a is 1, the sign of b, and whether b is 1 or -1. */
export interface Kind {
  readonly plainSquare: boolean;
  readonly b: -1 | 0 | 1;
  readonly plainB: boolean;
}

export const kindOf = ({ a, b }: Quadratic): Kind => ({
  plainSquare: a === 1,
  b: Math.sign(b) as Kind["b"],
  plainB: Math.abs(b) === 1,
});

/** Every kind that a problem can have. */
export const KINDS: readonly Kind[] = [true, false].flatMap((plainSquare) => [
  { plainSquare, b: 0 as const, plainB: false },
  ...([-1, 1] as const).flatMap((b) => [true, false].map((plainB) => ({ plainSquare, b, plainB }))),
]);

export const nameOf = ({ plainSquare, b, plainB }: Kind): string => `${plainSquare} ${b} ${plainB}`;

/** A text with {eq} and {x}, or a function that says an equation of some kind in words. */
export type Wording = string | ((kind: Kind) => string);

/** A sentence with {noun} for the left side. */
export const inWords = (language: Language, text: string) => (kind: Kind) =>
  text.replace("{noun}", noun(kind, language));

function noun({ plainSquare, b, plainB }: Kind, language: Language): string {
  if (language === "en") {
    const square = plainSquare ? "[the square of {X}|{X} squared]" : "{a} times the square of {X}";
    const part = plainB ? "{Y}" : "{b} times {Y}";
    return b === 0 ? square : `${square} ${b > 0 ? "[plus|increased by]" : "[minus|decreased by]"} ${part}`;
  }
  const square = plainSquare ? "{X}的平方" : "{X}的平方的{a}倍";
  const part = plainB ? "{Y}" : "{Y}的{b}倍";
  return b === 0 ? square : `${square}[${b > 0 ? "加上|加" : "减去|减"}]${part}`;
}

/** Verbs for what is done to the number, in order. */
export interface Verbs {
  readonly square: string;
  readonly times: string;
  readonly sum: string;
  readonly less: string;
  readonly part: string;
  readonly itself: string;
  readonly join: string;
}

/** A sentence with {actions} for what is done to the number. */
export const inActions = (text: string, verbs: Verbs) => (kind: Kind) =>
  text.replace("{actions}", actions(kind, verbs));

function actions({ plainSquare, b, plainB }: Kind, verbs: Verbs): string {
  const part = plainB ? verbs.itself : verbs.part;
  const steps = [verbs.square];
  if (!plainSquare) steps.push(verbs.times);
  if (b !== 0) steps.push((b > 0 ? verbs.sum : verbs.less).replace("PART", part));
  return steps.join(verbs.join);
}

export const DO_EN: Verbs = {
  square: "square it",
  times: "[multiply by {a}|take that {a} times]",
  sum: "add PART",
  less: "subtract PART",
  part: "{b} times {Y}",
  itself: "{Y}",
  join: "[, then |, ]",
};
export const PAST_EN: Verbs = {
  square: "squared it",
  times: "multiplied by {a}",
  sum: "added PART",
  less: "[took away|subtracted] PART",
  part: "{b} times {Y}",
  itself: "{Y}",
  join: "[, then |, ]",
};
export const HELD_OUT_EN: Verbs = {
  square: "is multiplied by itself",
  times: "counted {a} times",
  sum: "enlarged by PART",
  less: "lessened by PART",
  part: "{b} copies of the unknown",
  itself: "the unknown",
  join: ", ",
};
export const DO_ZH: Verbs = {
  square: "平方",
  times: "[乘以|乘]{a}",
  sum: "[加上|加]PART",
  less: "[减去|减]PART",
  part: "[原数|原来的数]的{b}倍",
  itself: "[原数|原来的数]",
  join: "，[再|然后]",
};
export const HELD_OUT_ZH: Verbs = {
  square: "自乘一次",
  times: "取{a}份",
  sum: "添进PART",
  less: "拿掉PART",
  part: "{b}份未知数",
  itself: "未知数",
  join: "，",
};

/** x(x+b) where a is 1 and b is not 0; any other equation is said with the noun phrase. */
export const asProduct = (language: Language, larger: string, smaller: string, otherwise: string) => (kind: Kind) =>
  kind.plainSquare && kind.b !== 0 ? (kind.b > 0 ? larger : smaller) : inWords(language, otherwise)(kind);
