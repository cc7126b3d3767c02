// Puzzles of knights and knaves as questions, and back. Owns rendering a puzzle in a wording and reading any question; the wordings stand
// in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { listed, NAMES, nameOf } from "../ordering/names.ts";
import type { ReadPuzzle } from "./checker.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { THEMES } from "./kinds.ts";
import type { Puzzle, Statement } from "./puzzle.ts";
import { drawFrames, frame, readSpeech } from "./speech.ts";
import { MANNERS, readStatement, say } from "./statements.ts";

const BULLETS = ["\n", "\n- ", "\n* ", "\n{n}. ", "\n{n}) "];

/** What everybody says, in the wording's own manner: a held-out one is named by its index. */
function tell(puzzle: Puzzle, language: Language, heldOut: number | undefined, random: Random): string[] {
  const { statements, people, theme } = puzzle;
  const names = people.map((id) => nameOf(id, language));
  const { trained, heldOut: held } = MANNERS[language];
  const manner = heldOut === undefined ? trained : held[heldOut]!;
  const frames = drawFrames(language, heldOut, statements.length, random);
  return statements.map((statement, speaker) =>
    frame(frames[speaker]!, names[speaker]!, say(statement, speaker, names, theme, language, manner, random)),
  );
}

function phrasing(text: string, language: Language): Omit<Phrasing<Puzzle>, "id"> {
  const wording = template(text);
  const index = (language === "en" ? HELD_OUT_EN : HELD_OUT_ZH).indexOf(text);
  return {
    templates: [wording],
    render(puzzle, random) {
      const told = tell(puzzle, language, index < 0 ? undefined : index, random);
      const bullet = random.pick(BULLETS);
      const { one, many } = THEMES[puzzle.theme]![language];
      const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
      return wording.render(
        {
          told: told.join(language === "en" ? " " : ""),
          lines: told.map((line, i) => bullet.replace("{n}", `${i + 1}`) + line).join(""),
          people: listed(
            puzzle.people.map((id) => nameOf(id, language)),
            language,
          ),
          knight: one.knight,
          knave: one.knave,
          knights: many.knight,
          knaves: many.knave,
          Knights: capital(many.knight),
          Knaves: capital(many.knave),
        },
        random,
      );
    },
  };
}

export const knightsPhrasings: Readonly<Record<Language, readonly Phrasing<Puzzle>[]>> = phrasingsFrom(
  { en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN }, zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH } },
  phrasing,
);

/** No puzzle is told at greater length. */
const LONGEST = 1500;
/** People of a puzzle: worlds are enumerated. */
const MOST_PEOPLE = 6;

/** Reads a puzzle; undefined where a text tells none, or one with no solution or several is of no matter: it is read all the same. */
export function readPuzzle(question: string): ReadPuzzle | undefined {
  if (question.length > LONGEST) return undefined;
  const text = question.replaceAll("’", "'");
  for (const [theme, words] of THEMES.entries())
    for (const language of ["en", "zh"] as const) {
      const lower = text.toLowerCase();
      const { knight, knave } = words[language].one;
      if (lower.includes(knight) && lower.includes(knave)) {
        const read = readIn(text, theme, language);
        if (read !== undefined) return read;
      }
    }
  return undefined;
}

function readIn(text: string, theme: number, language: Language): ReadPuzzle | undefined {
  const speech = readSpeech(text, language);
  const names = speech.map(({ speaker }) => speaker);
  if (speech.length < 2 || speech.length > MOST_PEOPLE || new Set(names).size < names.length) return undefined;
  const person = (name: string) => {
    const at = names.findIndex((known) => known.toLowerCase() === name.toLowerCase());
    return at < 0 ? undefined : at;
  };
  const statements: Statement[] = [];
  for (const [speaker, { text: said }] of speech.entries()) {
    const statement = readStatement(said, speaker, theme, language, person);
    if (statement === undefined) return undefined;
    statements.push(statement);
  }
  const known: readonly string[] = NAMES[language];
  const people = names.map((name) => (known.includes(name) ? known.indexOf(name) : known.length));
  return { theme, language, names, people, statements };
}
