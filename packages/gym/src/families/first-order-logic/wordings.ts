// Problems of first-order logic as questions, and back. Owns rendering a problem in a wording, and telling whether a text asks for the truth
// of a claim in a closed world; the wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import type { Problem } from "./problem.ts";
import { readSigns, readWords } from "./read.ts";
import { sayClaim, sayFacts, sayThings } from "./say.ts";

const WORDINGS: Readonly<Record<Language, Wordings<string>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};
const BULLETS = ["\n", "\n- ", "\n* "];

function slotsOf(problem: Problem, language: Language, isHeldOut: boolean, random: Random) {
  const isSigned = problem.theme === 0;
  const facts = sayFacts(problem, language, isHeldOut, random);
  const claim = sayClaim(problem, language, isHeldOut, random);
  const [open, close] = isSigned ? ["", ""] : language === "en" ? ['"', '"'] : ["“", "”"];
  const between = isSigned ? [", ", "; "] : language === "en" ? ["; ", ", "] : ["；"];
  const bullet = random.pick(BULLETS);
  return {
    things: sayThings(problem, language, isHeldOut, random),
    facts: facts.join(random.pick(between)),
    lines: facts.map((fact) => bullet + fact).join(""),
    claim,
    quoted: open + claim + close,
  };
}

export const firstOrderPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language): Omit<Phrasing<Problem>, "id"> => {
    const text = template(wording);
    const isHeldOut = WORDINGS[language].heldOut.includes(wording);
    return {
      templates: [text],
      render: (problem, random) =>
        text
          .render(slotsOf(problem, language, isHeldOut, random), random)
          .replace(/^the (?=people|cats)/, "The ")
          .replace(/(?<=\. )the (?=people|cats)/g, "The "),
    };
  },
);

/** Says that all facts are told. */
const CLOSED =
  /nothing (?:else|more)|no other|other facts|every(?:thing|one|body) else|whatever|left out|not (?:said|listed|told|mentioned|given|stated)|(?:whole|full|complete) list|(?:only|just) (?:these|the following)|the rest|others? (?:is|are) (?:not|false)|beyond that|otherwise|除此|此外|其余|其他|别的|剩下|以外|没(?:有)?(?:说|列|提)|未(?:说|列|提)|只有(?:这些|以下)|(?:全部|所有)的?事实/i;

const LONGEST = 900;

/** Reads a problem; undefined where a text asks for no truth in a small world. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST || !CLOSED.test(question)) return undefined;
  const signs = readSigns(question);
  if (signs !== undefined) return signs;
  const language = /\p{Script=Han}/u.test(question) ? "zh" : "en";
  return readWords(question, 1, language) ?? readWords(question, 2, language);
}
