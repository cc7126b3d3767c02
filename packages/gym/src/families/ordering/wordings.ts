// The wordings of ordering puzzles as phrasings. Owns rendering a puzzle in a wording; the wordings stand in english.ts and
// chinese.ts.

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "../../family.ts";
import { type Template, template } from "../../template.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { tellFacts } from "./facts.ts";
import type { Joiner } from "./joiners.ts";
import type { Puzzle } from "./puzzle.ts";
import { questionSlots } from "./questions.ts";

/** One way to ask: how facts are joined, and the two kinds of question. */
export interface Wording {
  readonly joiners: readonly Joiner[];
  /** Where everybody is asked for, in order. */
  readonly all: string;
  /** Where one is asked for. */
  readonly one: string;
}

function phrasings(group: "trained" | "heldout", language: Language, wordings: readonly Wording[]): Phrasing<Puzzle>[] {
  return numberPhrasings(
    group,
    wordings.map((wording, i) => {
      const [all, one]: [Template, Template] = [template(wording.all), template(wording.one)];
      return {
        templates: [all, one],
        render(puzzle, random) {
          const joiner = random.pick(wording.joiners);
          const facts = tellFacts(puzzle, language, joiner, random, group === "heldout" ? i : undefined);
          const text = (puzzle.ask.what === "all" ? all : one).render(
            { ...questionSlots(puzzle, language), facts },
            random,
          );
          return text.replace(/(?<=^|[.?:!]\s|[-*)] )compared/g, "Compared");
        },
      };
    }),
  );
}

export const orderingPhrasings: Readonly<Record<Language, readonly Phrasing<Puzzle>[]>> = {
  en: [...phrasings("trained", "en", TRAINED_EN), ...phrasings("heldout", "en", HELD_OUT_EN)],
  zh: [...phrasings("trained", "zh", TRAINED_ZH), ...phrasings("heldout", "zh", HELD_OUT_ZH)],
};
