// How facts are joined: marks, connectives, numbers, bullets. Owns the trained joiners of both languages and their rendering;
// knows no wording. The connectives of held-out wordings (furthermore, besides, next, 另外, 而且, 同时) stand in none of these.

import type { Random } from "../../random.ts";
import { template } from "../../template.ts";

/**
 * What stands before the first fact, between two, and before the last one: small grammars (template.ts) with the slots {n}
 * (1, 2, …), {Nth} (First, …), {nth} (first, …) and {zh} (一, …).
 */
export interface Joiner {
  readonly first?: string;
  readonly between: string;
  readonly last?: string;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"] as const;
const COUNTS = "一二三四五六七";

/** What stands before fact `at` of `count`. */
export function glue(joiner: Joiner, at: number, count: number, random: Random): string {
  const text = at === 0 ? (joiner.first ?? "") : at === count - 1 ? (joiner.last ?? joiner.between) : joiner.between;
  const nth = ORDINALS[at] ?? `${at + 1}th`;
  const slots = { n: `${at + 1}`, nth, Nth: nth[0]!.toUpperCase() + nth.slice(1), zh: COUNTS[at] ?? `${at + 1}` };
  return template(text).render(slots, random);
}

/** An ordinal that counts a fact (`First, `, `第二，`) and not a place, where `mark` stands for the fact. */
export function withoutOrdinals(text: string, mark: string): string {
  return text.replace(new RegExp(`(?:\\b(?:${ORDINALS.join("|")}),|第[${COUNTS}][，、])\\s*(?=${mark})`, "giu"), "");
}

const SENTENCES: Joiner = { between: ". " };
const SEMICOLONS: Joiner = { between: "; " };
const COMMAS: Joiner = { between: ", ", last: " and " };
const LINES: Joiner = { first: "\n- ", between: "\n- " };
const EN_MIXED: Joiner = { between: "[. |. |; |. Also, |. Then |, and |. And |. In addition, |. Moreover, |; also, ]" };
const EN_CONNECTED: Joiner = { between: "[, and |, while |, also |, and then |, and also |, but |, whereas ]" };
const EN_WORDY: Joiner = {
  first: "[|we read that |it is true that ]",
  between:
    "[. On top of that, |. Likewise, |. Another fact: |. What is more, |; in addition, |; moreover, |. Add that |. Plus, ]",
  last: "[. Finally, |. Lastly, |. Then |; finally, ]",
};

/** The trained English joiners, by their look. */
export const EN = {
  sentences: SENTENCES,
  semicolons: SEMICOLONS,
  commas: COMMAS,
  lines: LINES,
  and: { between: " and " },
  mixed: EN_MIXED,
  connected: EN_CONNECTED,
  wordy: EN_WORDY,
  ordinals: { first: "{Nth}, ", between: "[. {Nth}, |; {nth}, ]" },
  numbers: { first: "{n}) ", between: "[; |, | ]{n}) " },
  dotted: { first: "{n}. ", between: ". {n}. " },
  numberedLines: { first: "\n{n}) ", between: "\n{n}) " },
  stars: { first: "\n* ", between: "\n* " },
  bareLines: { first: "\n", between: "[.\n|\n]" },
} as const satisfies Record<string, Joiner>;

/** Joiners that fit wherever whole sentences may stand. */
export const EN_ANY: readonly Joiner[] = [
  SENTENCES,
  SENTENCES,
  SEMICOLONS,
  COMMAS,
  EN_MIXED,
  EN_MIXED,
  EN_CONNECTED,
  EN_WORDY,
];
/** Lists of several lines. */
export const EN_LISTS: readonly Joiner[] = [LINES, EN.numberedLines, EN.stars, EN.bareLines];
/** Numbered in one line. */
export const EN_NUMBERED: readonly Joiner[] = [EN.ordinals, EN.numbers, EN.dotted, EN.ordinals];

const FULL_STOPS: Joiner = { between: "。" };
const ZH_COMMAS: Joiner = { between: "，" };
const ZH_SEMICOLONS: Joiner = { between: "；" };
const ZH_MIXED: Joiner = { between: "[，|。|；|，又|，还有|，再说|。再说，|，也知道|；还有，|，然后]" };
const ZH_CONNECTED: Joiner = { between: "[，又|，再说|，还有，|，而|，再加上|，以及|，可是]" };
const ZH_WORDY: Joiner = {
  between: "[。又知道|。还知道|；再有，|。再者，|。接着，|；再加上，]",
  last: "[。还有，|。最终，|，又知道]",
};

/** The trained Chinese joiners, by their look. */
export const ZH = {
  commas: ZH_COMMAS,
  lines: LINES,
  mixed: ZH_MIXED,
  connected: ZH_CONNECTED,
  wordy: ZH_WORDY,
  ordinals: { first: "第{zh}，", between: "[。|；]第{zh}，" },
  counts: { first: "{zh}、", between: "[；|。]{zh}、" },
  numbers: { first: "{n}）", between: "[；|，]{n}）" },
  brackets: { first: "({n})", between: "[；|，|。]({n})" },
  numberedLines: { first: "\n{n}. ", between: "\n{n}. " },
  stars: { first: "\n* ", between: "\n* " },
  bareLines: { first: "\n", between: "[。\n|\n]" },
} as const satisfies Record<string, Joiner>;

export const ZH_ANY: readonly Joiner[] = [
  ZH_COMMAS,
  ZH_COMMAS,
  FULL_STOPS,
  ZH_SEMICOLONS,
  ZH_MIXED,
  ZH_MIXED,
  ZH_CONNECTED,
  ZH_WORDY,
];
export const ZH_LISTS: readonly Joiner[] = [LINES, ZH.numberedLines, ZH.stars, ZH.bareLines];
export const ZH_NUMBERED: readonly Joiner[] = [ZH.ordinals, ZH.counts, ZH.numbers, ZH.brackets];
