// Linear equations said in words, as grammar texts: "3 times a number plus 5", "I multiply it by 3, add 5". Owns the phrases for
// each operation in both languages; wordings.ts puts them into sentences.
//
// Slots: {X} the number at its first mention, {Y} later, {a} {n} {c} as they are, {b} {d} without their sign.

import type { Language } from "@lemma/protocol";
import { type LinearEquation, type Shape, solution } from "./problem.ts";

/**
 * What decides the words of an equation: its shape, whether b and d are added, absent or subtracted, whether a is 1 (`plainX`),
 * and whether a and the solution can be a price and a number of things (`countable`).
 */
export interface Kind {
  readonly shape: Shape;
  readonly b: -1 | 0 | 1;
  readonly d: -1 | 0 | 1;
  readonly plainX: boolean;
  readonly countable: boolean;
}

export function kindOf(problem: LinearEquation): Kind {
  const { shape, a, b, d } = problem;
  return {
    shape,
    b: Math.sign(b) as Kind["b"],
    d: (shape === "ax+b=cx+d" ? Math.sign(d) : 0) as Kind["d"],
    plainX: shape === "ax+b=c" && a === 1,
    countable: shape === "ax+b=c" && a > 1 && b > 0 && solution(problem) > 0,
  };
}

/** One way of naming the operations. `T` stands for what came before; `sum` and `less` also as a whole that is operated on. */
interface Style {
  readonly times: string;
  readonly over: string;
  readonly part: string;
  readonly sum: string;
  readonly less: string;
  readonly wholeSum: string;
  readonly wholeLess: string;
}

const NOUNS: Record<Language, Style> = {
  en: {
    times: "[{a} times T|T times {a}|T multiplied by {a}|the product of {a} and T]",
    over: "[T divided by {n}|T over {n}]",
    part: "[{a}/{n} of T|{a}/{n} times T]",
    sum: "[T plus {b}|T increased by {b}|the sum of T and {b}|{b} more than T|{b} added to T]",
    less: "[T minus {b}|T decreased by {b}|T less {b}|{b} less than T|{b} subtracted from T]",
    wholeSum: "[the sum of T and {b}|the total of T and {b}]",
    wholeLess: "[the difference of T and {b}|the difference between T and {b}]",
  },
  zh: {
    times: "[T的{a}倍|T乘以{a}|{a}乘T|{a}与T的积|T乘{a}]",
    over: "[T除以{n}|T的{n}分之一]",
    part: "[T的{a}/{n}|T的{n}分之{a}]",
    sum: "[T加{b}|T加上{b}|T与{b}的和|T增加{b}]",
    less: "[T减{b}|T减去{b}|T与{b}的差|T减少{b}]",
    wholeSum: "[T与{b}的和|T加上{b}的和]",
    wholeLess: "[T与{b}的差|T减去{b}的差]",
  },
};

/** The left side as a noun phrase: `3 times a number plus 5`. */
export function nounPhrase({ shape, b, plainX }: Kind, language: Language): string {
  const style = NOUNS[language];
  const put = (form: string, inner: string) => form.replaceAll("T", inner);
  const constant = (inner: string) => (b === 0 ? inner : put(b > 0 ? style.sum : style.less, inner));
  const whole = put(b > 0 ? style.wholeSum : style.wholeLess, "{X}");
  switch (shape) {
    case "ax+b=c":
    case "ax+b=cx+d":
      return constant(plainX ? "{X}" : put(style.times, "{X}"));
    case "a(x+b)=c":
      return put(language === "en" ? "[{a} times T|T multiplied by {a}]" : "[T的{a}倍|T乘以{a}]", whole);
    case "x/n+b=c":
      return constant(put(style.over, "{X}"));
    case "ax/n+b=c":
      return constant(put(style.part, "{X}"));
    case "(x+b)/n=c":
      return put(language === "en" ? "T divided by {n}" : "T除以{n}", whole);
  }
}

/** The right side in words: a number, or `2 times the number plus 12`. */
export function rightSide({ shape, d }: Kind, language: Language, heldOut = false): string {
  if (shape !== "ax+b=cx+d") return "{c}";
  if (language === "en") {
    const [plus, minus] = heldOut ? [" with {d} added", " with {d} subtracted"] : [" plus {d}", " minus {d}"];
    return `{c} times ${heldOut ? "that number" : "{Y}"}${d === 0 ? "" : d > 0 ? plus : minus}`;
  }
  return `${heldOut ? "该数" : "{Y}"}的{c}倍${d === 0 ? "" : d > 0 ? "加{d}" : "减{d}"}`;
}

/** Verbs for the operations, in the order in which they are done. */
export interface Verbs {
  readonly times: string;
  readonly over: string;
  readonly sum: string;
  readonly less: string;
  readonly join: string;
}

/** The left side as a sequence of actions on the number: `multiply it by 3 and add 5`. */
export function actions({ shape, b, plainX }: Kind, verbs: Verbs): string {
  const constant = b === 0 ? [] : [b > 0 ? verbs.sum : verbs.less];
  const steps: Record<Shape, readonly string[]> = {
    "ax+b=c": plainX ? constant : [verbs.times, ...constant],
    "ax+b=cx+d": [verbs.times, ...constant],
    "a(x+b)=c": [...constant, verbs.times],
    "x/n+b=c": [verbs.over, ...constant],
    "ax/n+b=c": [verbs.times, verbs.over, ...constant],
    "(x+b)/n=c": [...constant, verbs.over],
  };
  return steps[shape].join(verbs.join);
}
