// The wordings of zebra puzzles as phrasings. Owns putting the sentences of a puzzle into a wording; the wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import type { Puzzle } from "./puzzle.ts";
import { MANNERS } from "./sentences.ts";
import { tell } from "./tell.ts";

const BULLETS = ["\n", "\n- ", "\n* ", "\n{n}. ", "\n{n}) "];
const COUNTS: Readonly<Record<Language, readonly string[]>> = {
  en: ["", "one", "two", "three", "four", "five"],
  zh: ["", "一", "两", "三", "四", "五"],
};

function phrasing(text: string, language: Language): Omit<Phrasing<Puzzle>, "id"> {
  const wording = template(text);
  const index = (language === "en" ? HELD_OUT_EN : HELD_OUT_ZH).indexOf(text);
  const manner = index < 0 ? MANNERS[language].trained : MANNERS[language].heldOut[index]!;
  const capital = (sentence: string) => sentence[0]!.toUpperCase() + sentence.slice(1);
  return {
    templates: [wording],
    render(puzzle, random) {
      const { people, lists, clues, ask } = tell(puzzle, language, manner, random);
      const between = random.pick(manner.between);
      const bullet = random.pick(BULLETS);
      const joined = clues.map((clue, i) => (i === 0 || between === ". " ? capital(clue) : clue)).join(between);
      const rendered = wording.render(
        {
          people,
          lists: lists.join(language === "en" ? " " : ""),
          clues: joined,
          lines: clues.map((clue, i) => `${bullet.replace("{n}", `${i + 1}`)}${capital(clue)}`).join(""),
          ask,
          count: COUNTS[language][puzzle.houses]!,
          n: `${puzzle.houses}`,
        },
        random,
      );
      return rendered.replace(/(?<=^|[.?] )\p{Ll}/gu, (letter) => letter.toUpperCase());
    },
  };
}

export const zebraPhrasings: Readonly<Record<Language, readonly Phrasing<Puzzle>[]>> = phrasingsFrom(
  { en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN }, zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH } },
  phrasing,
);
