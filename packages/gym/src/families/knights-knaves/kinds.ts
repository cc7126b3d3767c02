// What the two kinds of people are called. Owns the words of both languages, and the little words of the reasoning; knows no puzzle.

import type { Language } from "@lemma/protocol";
import type { Kind } from "./puzzle.ts";

/** The names of the two kinds, for one and for many. */
export interface KindWords {
  readonly one: Readonly<Record<Kind, string>>;
  readonly many: Readonly<Record<Kind, string>>;
}

/** A pair of kinds, in both languages. */
export type Theme = Readonly<Record<Language, KindWords>>;

const english = (knight: string, knave: string): KindWords => ({
  one: { knight, knave },
  many: { knight: `${knight}s`, knave: `${knave}s` },
});
const chinese = (knight: string, knave: string): KindWords => ({ one: { knight, knave }, many: { knight, knave } });

/** All pairs, in a fixed order. */
export const THEMES: readonly Theme[] = [
  { en: english("knight", "knave"), zh: chinese("骑士", "无赖") },
  { en: english("truth-teller", "liar"), zh: chinese("老实人", "骗子") },
  { en: english("saint", "sinner"), zh: chinese("君子", "小人") },
];

/** The words of the reasoning beside names and kinds. */
export interface TraceWords {
  readonly says: string;
  readonly if: string;
  readonly so: string;
  readonly and: string;
  readonly or: string;
  readonly true: string;
  readonly false: string;
}

export const TRACE_WORDS: Readonly<Record<Language, TraceWords>> = {
  en: { says: " says", if: "if", so: "so", and: " and ", or: " or ", true: "true", false: "false" },
  zh: { says: "说", if: "若", so: "故", and: "且", or: "或", true: "真", false: "假" },
};
