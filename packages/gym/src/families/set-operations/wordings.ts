// Problems of sets as questions. Owns rendering a problem in a wording; the wordings stand in english.ts and chinese.ts, reading in read.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import type { Problem } from "./problem.ts";
import { countSlots, elementSlots, sizeSlots } from "./say.ts";

/** One way to ask, for each kind of problem. */
export type Wording = Readonly<Record<Problem["kind"], string>>;

const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};

export const setPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language): Omit<Phrasing<Problem>, "id"> => {
    const isHeldOut = WORDINGS[language].heldOut.includes(wording);
    const texts = {
      elements: template(wording.elements),
      sizes: template(wording.sizes),
      counts: template(wording.counts),
    };
    return {
      templates: Object.values(texts),
      render(problem, random) {
        const slots =
          problem.kind === "elements"
            ? elementSlots(problem, language, isHeldOut, random)
            : problem.kind === "sizes"
              ? sizeSlots(problem, language, isHeldOut, random)
              : countSlots(problem, language, isHeldOut, random);
        return texts[problem.kind]
          .render(slots, random)
          .replace(/(?<=^|[.?] )\p{Ll}(?=\p{Ll})/gu, (letter) => letter.toUpperCase());
      },
    };
  },
);
