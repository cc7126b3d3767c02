// A zebra puzzle said in sentences. Owns filling the sentences of sentences.ts; wordings.ts puts them into questions.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { CATEGORIES } from "./categories.ts";
import { type Clue, type Puzzle, valuesIn } from "./puzzle.ts";
import { type Manner, ORDINALS } from "./sentences.ts";

/** Words joined as a sentence lists them. */
const listed = (words: readonly string[], language: Language, and: string): string =>
  words.slice(0, -1).join(language === "en" ? ", " : "、") + and + words.at(-1);

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** All sentences of a puzzle in one manner. */
export interface Told {
  readonly people: string;
  /** What there is of each category beside the people. */
  readonly lists: readonly string[];
  readonly clues: readonly string[];
  readonly ask: string;
}

export function tell(puzzle: Puzzle, language: Language, manner: Manner, random: Random): Told {
  const { houses, categories, clues, ask } = puzzle;
  const categoryOf = (value: number) => CATEGORIES[categories[Math.floor(value / houses)]!.id]![language];
  const word = (value: number) =>
    categoryOf(value).words[categories[Math.floor(value / houses)]!.words[value % houses]!]!;
  const named = (text: string, value: number) => text.replace("{v}", word(value));
  const who = (value: number) => named(categoryOf(value).who, value);
  const fillClue = (clue: Clue): string => {
    const house = "house" in clue ? clue.house : 0;
    const text = random
      .pick(manner.clues[clue.kind])
      .replace("{a}", who(clue.a))
      .replace("{k}", `${house}`)
      .replace("{nth}", ORDINALS[house - 1] ?? "");
    if (!("b" in clue)) return text;
    const b = categoryOf(clue.b);
    return text
      .replace("{b}", who(clue.b))
      .replace("{hasB}", named(b.has, clue.b))
      .replace("{hasNotB}", named(b.hasNot, clue.b));
  };
  const words = (category: number) => listed(valuesIn(category, houses).map(word), language, manner.and);
  const label = (category: number) => CATEGORIES[categories[category]!.id]![language];
  const lists = categories.slice(1).map((_, i) =>
    capital(
      random
        .pick(manner.lists)
        .replace("{all}", label(i + 1).all)
        .replace("{list}", words(i + 1)),
    ),
  );
  const kind = "house" in ask ? "in" : ask.want === "house" ? "house" : "with";
  const asked = random
    .pick(manner.asks[kind])
    .replace("{one}", typeof ask.want === "number" ? label(ask.want).one : "")
    .replace("{a}", "value" in ask ? who(ask.value) : "")
    .replace("{k}", "house" in ask ? `${ask.house}` : "");
  return { people: words(0), lists, clues: clues.map(fillClue), ask: capital(asked) };
}
