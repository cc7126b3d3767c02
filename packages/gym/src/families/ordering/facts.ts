// Facts as sentences, and sentences as facts. Owns telling ("Ann is taller than Bob") and reading them back in either
// language; knows the relation words of quantities.ts and no question.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { glue, type Joiner } from "./joiners.ts";
import { NAMES, nameOf } from "./names.ts";
import type { Puzzle } from "./puzzle.ts";
import { QUANTITIES, type QuantityWords, quantityById } from "./quantities.ts";

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
  return puzzle.facts
    .map(({ above, below, first }, i) => {
      const up = first === "above";
      const { up: rising, down: falling } = heldOut === undefined ? (words.trained ?? words) : words;
      const sentences = up ? rising : falling;
      const sentence = random.pick(heldOut === undefined ? sentences : sentences.filter(plain));
      const modifier = heldOut === undefined ? random.pick(words.modifiers) : words.heldOutModifiers[heldOut]!;
      const filled = sentence
        .replace("{a}", nameOf(up ? above : below, language))
        .replace("{b}", nameOf(up ? below : above, language))
        .replace("{m}", modifier);
      return glue(joiner, i, puzzle.facts.length, random) + filled;
    })
    .join("");
}

/** A fact as it stands in a text, with the names as they are written there. */
export interface ToldFact {
  readonly quantity: string;
  readonly language: Language;
  readonly above: string;
  readonly below: string;
  /** Whose name is said first. */
  readonly first: "above" | "below";
  readonly start: number;
  readonly end: number;
  /** The words from `start` to `end`. */
  readonly text: string;
}

const NAME: Readonly<Record<Language, string>> = {
  en: "([A-Z][A-Za-z]*)",
  zh: `(${NAMES.zh.join("|")}|[甲乙丙丁戊己庚辛]|[小阿老]\\p{Script=Han}|[A-Z][A-Za-z]*)`,
};
const MODIFIER: Readonly<Record<Language, string>> = {
  en: "(?:(?!not\\b|more\\b|less\\b)[a-z]+ ){0,4}",
  zh: "(?:(?!不)\\p{Script=Han}){0,4}?",
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

/** All sentences of a direction, trained and held out. */
const sentencesOf = (words: QuantityWords, way: "up" | "down") => [
  ...new Set([...words[way], ...(words.trained?.[way] ?? [])]),
];

const PATTERNS: readonly Pattern[] = QUANTITIES.flatMap(({ id, words }) =>
  (["en", "zh"] as const).flatMap((language) => [
    ...sentencesOf(words[language], "up").map((sentence) => patternOf(id, language, true, sentence)),
    ...sentencesOf(words[language], "down").map((sentence) => patternOf(id, language, false, sentence)),
  ]),
);

/** The facts that a text tells, in their order; of two readings of one place, the longer. */
export function readFacts(text: string): ToldFact[] {
  if (!HINT.test(text)) return [];
  const found: ToldFact[] = [];
  for (const { quantity, language, up, regex } of PATTERNS)
    for (const match of text.matchAll(regex)) {
      const [above, below] = up ? [match[1]!, match[2]!] : [match[2]!, match[1]!];
      const first = up ? "above" : "below";
      const [text, start] = [match[0], match.index];
      found.push({ quantity, language, above, below, first, start, end: start + text.length, text });
    }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((fact, i) => !found.slice(0, i).some((earlier) => earlier.end > fact.start));
}
