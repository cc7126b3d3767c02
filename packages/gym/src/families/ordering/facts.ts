// Facts as sentences, and sentences as facts. Owns telling ("Ann is taller than Bob") and reading them back in either
// language; knows the relation words of quantities.ts and no question.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { NAMES, nameOf } from "./names.ts";
import type { Puzzle } from "./puzzle.ts";
import { QUANTITIES, quantityById } from "./quantities.ts";

/** How facts are joined: before the first one, between two, and before the last one. */
export interface Joiner {
  readonly first?: string;
  readonly between: string;
  readonly last?: string;
}

/** Tells all facts. `heldOut` is the index of a held-out wording: its own modifier, and only plain sentences. */
export function tellFacts(
  puzzle: Puzzle,
  language: Language,
  joiner: Joiner,
  random: Random,
  heldOut?: number,
): string {
  const words = quantityById(puzzle.quantity).words[language];
  const plain = (sentence: string) => /^\{a\}[^的]*\{m\}/.test(sentence);
  const last = puzzle.facts.length - 1;
  return puzzle.facts
    .map(({ above, below }, i) => {
      const up = random.chance(0.5);
      const sentences = up ? words.up : words.down;
      const sentence = random.pick(heldOut === undefined ? sentences : sentences.filter(plain));
      const modifier = heldOut === undefined ? random.pick(words.modifiers) : words.heldOutModifiers[heldOut]!;
      const glue = i === 0 ? (joiner.first ?? "") : i === last ? (joiner.last ?? joiner.between) : joiner.between;
      const filled = sentence
        .replace("{a}", nameOf(up ? above : below, language))
        .replace("{b}", nameOf(up ? below : above, language))
        .replace("{m}", modifier);
      return glue + filled;
    })
    .join("");
}

/** A fact as it stands in a text, with the names as they are written there. */
export interface ToldFact {
  readonly quantity: string;
  readonly language: Language;
  readonly above: string;
  readonly below: string;
  readonly start: number;
  readonly end: number;
}

const NAME: Readonly<Record<Language, string>> = {
  en: "([A-Z][A-Za-z]*)",
  zh: `(${NAMES.zh.join("|")}|[甲乙丙丁戊己庚辛]|[小阿老]\\p{Script=Han}|[A-Z][A-Za-z]*)`,
};
const MODIFIER: Readonly<Record<Language, string>> = {
  en: "(?:(?!not\\b|more\\b|less\\b)[a-z]+ ){0,2}",
  zh: "(?:(?!不)\\p{Script=Han}){0,3}?",
};
/** A text without any of these holds no fact: spares most questions the patterns below. */
const HINT = /than|before|after|ahead|behind|above|below|not as|ompared|[比于没]/;

interface Pattern {
  readonly quantity: string;
  readonly language: Language;
  readonly up: boolean;
  readonly regex: RegExp;
}

function patternOf(quantity: string, language: Language, up: boolean, sentence: string): Pattern {
  const source = sentence
    .replace(/\{a\}|\{b\}/g, NAME[language])
    .replace("{m}", MODIFIER[language])
    .replace(/^c/, "[cC]");
  return { quantity, language, up, regex: new RegExp(language === "en" ? `\\b${source}\\b` : source, "gu") };
}

const PATTERNS: readonly Pattern[] = QUANTITIES.flatMap(({ id, words }) =>
  (["en", "zh"] as const).flatMap((language) => [
    ...[...new Set(words[language].up)].map((sentence) => patternOf(id, language, true, sentence)),
    ...[...new Set(words[language].down)].map((sentence) => patternOf(id, language, false, sentence)),
  ]),
);

/** The facts that a text tells, in their order; of two readings of one place, the longer. */
export function readFacts(text: string): ToldFact[] {
  if (!HINT.test(text)) return [];
  const found: ToldFact[] = [];
  for (const { quantity, language, up, regex } of PATTERNS)
    for (const match of text.matchAll(regex)) {
      const [first, second] = [match[1]!, match[2]!];
      const [above, below] = up ? [first, second] : [second, first];
      found.push({ quantity, language, above, below, start: match.index, end: match.index + match[0].length });
    }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((fact, i) => !found.slice(0, i).some((earlier) => earlier.end > fact.start));
}
