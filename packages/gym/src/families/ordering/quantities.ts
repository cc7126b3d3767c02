// What the people are compared in. Owns the relation words of both languages; knows no puzzle. `high` is the end that `>` points
// away from: `Ann>Bob` says that Ann is taller, faster, older, …, or comes before Bob in a race, an arrival or a ranking.
//
// In a fact, {a} is the name said first, {b} the other, {m} a modifier. `up` says that {a} is above {b}, `down` that {b} is.
// Held-out wordings use the facts with {m} alone, with modifiers of their own.

import type { Language } from "@lemma/protocol";

/** The words of a quantity in one language. */
export interface QuantityWords {
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly modifiers: readonly string[];
  readonly heldOutModifiers: readonly [string, string, string];
  /** The two ends as they stand in "from … to …". */
  readonly from: string;
  readonly to: string;
  /** The first, second and third from the high end; the first and second from the low end. */
  readonly high: readonly string[];
  readonly low: readonly string[];
  /** What they talk about. */
  readonly topic: string;
}

export interface Quantity {
  readonly id: string;
  readonly words: Readonly<Record<Language, QuantityWords>>;
}

const EN_DEGREE = {
  modifiers: ["", "", "", "a bit ", "much ", "slightly ", "clearly "],
  heldOutModifiers: ["a little ", "far ", "somewhat "],
} as const;
const EN_PLACE = {
  modifiers: ["", "", "", "just ", "well ", "shortly "],
  heldOutModifiers: ["right ", "long ", "soon "],
} as const;
const ZH_DEGREE = {
  modifiers: ["", "", "", "更", "还", "要", "稍微"],
  heldOutModifiers: ["略微", "确实", "其实"],
} as const;

/** English words of an adjective: its comparative and superlative, and those of its opposite. */
function english(
  adjective: string,
  [more, most]: [string, string],
  [less, least]: [string, string],
  topic: string,
  also: { up?: string[]; down?: string[] } = {},
): QuantityWords {
  const says = (word: string) => `{a} is {m}${word} than {b}`;
  return {
    ...EN_DEGREE,
    up: [
      says(more),
      says(more),
      ...(also.up ?? []),
      `Compared with {b}, {a} is {m}${more}`.replace("{b}", "{a}").replace(", {a}", ", {b}"),
    ].slice(0, -1),
    down: [
      says(less),
      says(less),
      ...(also.down ?? []),
      `{a} is not as ${adjective} as {b}`,
      `Compared with {a}, {b} is {m}${more}`,
    ],
    from: most,
    to: least,
    high: [`the ${most}`, `the second ${most}`, `the third ${most}`],
    low: [`the ${least}`, `the second ${least}`],
    topic,
  };
}
