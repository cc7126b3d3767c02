// How an equation is put into a sentence: as it is typed, in a noun phrase, in actions, in a story. Owns these makers and the verbs
// that they use; english.ts and chinese.ts write the sentences.

import type { Language } from "@lemma/protocol";
import { actions, type Kind, nounPhrase, rightSide, type Verbs } from "./words.ts";

/** A text with {eq} and {x}, or a function that says an equation of some kind in words. */
export type Wording = string | ((kind: Kind) => string);

/** A sentence with {noun} and {right} for the two sides. */
export const inWords =
  (language: Language, text: string, heldOut = false) =>
  (kind: Kind) =>
    text.replace("{noun}", nounPhrase(kind, language)).replace("{right}", rightSide(kind, language, heldOut));

/** A sentence with {actions} for what is done to the number, and {right} for what comes out. */
export const inActions =
  (language: Language, text: string, verbs: Verbs, heldOut = false) =>
  (kind: Kind) =>
    text.replace("{actions}", actions(kind, verbs)).replace("{right}", rightSide(kind, language, heldOut));

/** The operations as verbs and nouns of a sentence: "multiply it by 3, then add 5", "an addition of 5". */
export const IMPERATIVE: Verbs = {
  times: "multiply it by {a}",
  over: "divide it by {n}",
  sum: "add {b}",
  less: "subtract {b}",
  join: "[, then | and |, ]",
};
export const GERUND: Verbs = {
  times: "multiplying by {a}",
  over: "dividing by {n}",
  sum: "adding {b}",
  less: "subtracting {b}",
  join: "[ and | and then ]",
};
export const ACTION_NOUNS: Verbs = {
  times: "[a|one|the] multiplication by {a}",
  over: "[a|one|the] division by {n}",
  sum: "[an|one|the] addition of {b}",
  less: "[a|one|the] subtraction of {b}",
  join: " and ",
};
export const LISTED_NOUNS: Verbs = {
  times: "multiplication by {a}",
  over: "division by {n}",
  sum: "[addition|adding] of {b}",
  less: "[subtraction|taking away] of {b}",
  join: "[ followed by | and | and after that ]",
};
export const BARE_NOUNS: Verbs = {
  times: "multiplication by {a}",
  over: "division by {n}",
  sum: "addition of {b}",
  less: "subtraction of {b}",
  join: ", then ",
};
export const PAST: Verbs = {
  times: "multiplied it by {a}",
  over: "divided it by {n}",
  sum: "added {b}",
  less: "[subtracted|took away] {b}",
  join: "[, then | and then |, ]",
};
export const PASSIVE: Verbs = {
  times: "multiplied by {a}",
  over: "divided by {n}",
  sum: "[increased|raised] by {b}",
  less: "[decreased|reduced] by {b}",
  join: "[, then | and then ]",
};
export const OTHER_DO: Verbs = {
  times: "[make it {a} times as large|scale it by {a}]",
  over: "[split it into {n} equal parts and keep one|share it by {n}]",
  sum: "[put {b} on top|increase it by {b}]",
  less: "[take {b} away|reduce it by {b}]",
  join: "[, then | and then ]",
};
export const DO_ZH: Verbs = {
  times: "[乘以|乘]{a}",
  over: "除以{n}",
  sum: "[加上|加]{b}",
  less: "[减去|减]{b}",
  join: "[，再|再|，然后]",
};
export const PAST_ZH: Verbs = {
  times: "[乘了|乘上]{a}",
  over: "除以{n}",
  sum: "[加了|添了]{b}",
  less: "减了{b}",
  join: "，[又|后来]",
};
export const SCALE_ZH: Verbs = {
  times: "扩大到{a}倍",
  over: "缩小到{n}分之一",
  sum: "[增加|添加]{b}",
  less: "减少{b}",
  join: "，[再|然后]",
};
export const OTHER_DO_ZH: Verbs = {
  times: "[变成{a}倍|乘{a}]",
  over: "[平分成{n}份取一份|除以{n}]",
  sum: "[添上|加进]{b}",
  less: "[去掉|拿走]{b}",
  join: "，[再|然后]",
};
export const FIRST_ZH: Verbs = { times: "先乘以{a}", over: "除以{n}", sum: "加{b}", less: "减{b}", join: "，接着" };

/** Prices and fees where a, b and the solution are positive; any other equation is said with the noun phrase. */
export const story = (language: Language, text: string, otherwise: string) => (kind: Kind) =>
  kind.countable ? text : inWords(language, otherwise)(kind);

/** One wording where the right side is a number, another where it speaks of the unknown again. */
export const oneSided = (language: Language, text: string, otherwise: string) => (kind: Kind) =>
  inWords(language, kind.shape === "ax+b=cx+d" ? otherwise : text)(kind);
