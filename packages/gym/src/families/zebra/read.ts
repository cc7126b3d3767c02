// Reads a zebra puzzle from a question: its lists, clues and what is asked. Owns the reading; the sentences are sentences.ts's. Persons are
// first replaced by marks, one character each, so that a clue is a short pattern.

import type { Language } from "@lemma/protocol";
import { CATEGORIES } from "./categories.ts";
import { type Ask, type Clue, type Puzzle, type Relation, solutions, solve } from "./puzzle.ts";
import { MANNERS, type Manner, ORDINALS } from "./sentences.ts";
import type { Naming } from "./trace.ts";

/** A puzzle as a question tells it, with its one solution. */
export interface ReadPuzzle extends Puzzle, Naming {
  readonly solution: readonly number[];
}

const LONGEST = 2000;
const MOST_CLUES = 14;

/** Reads a puzzle; undefined where a text tells none, or one without exactly one solution. */
export function readPuzzle(question: string): ReadPuzzle | undefined {
  if (question.length > LONGEST) return undefined;
  const text = question.replaceAll("’", "'");
  return readIn(text, "en") ?? readIn(text, "zh");
}

interface List {
  readonly id: number;
  readonly words: readonly string[];
  /** Where it stands. */
  readonly at: number;
}

const SEPARATOR: Readonly<Record<Language, string>> = { en: "(?:,\\s*and\\s+|,\\s*|\\s+and\\s+)", zh: "[、和，]" };
/** A stranger's name. */
const STRANGER: Readonly<Record<Language, string>> = { en: "[A-Z][a-z]+", zh: "[小阿老]\\p{Script=Han}" };

/** The first list of two or more words of a category: of the names that puzzles use or, where there is none, of strangers' names. */
function readList(text: string, id: number, language: Language): List | undefined {
  const { words } = CATEGORIES[id]![language];
  const known = readListOf(text, id, `(?:${words.join("|")})`, language);
  return known ?? (id > 0 ? undefined : readListOf(text, id, `(?:${words.join("|")}|${STRANGER[language]})`, language));
}

/** The longest list; "the baker and the lawyer are neighbours" holds a shorter one. */
function readListOf(text: string, id: number, word: string, language: Language): List | undefined {
  const bound = language === "en" ? "\\b" : "";
  const list = new RegExp(`${bound}${word}(?:${SEPARATOR[language]}${word})+${bound}`, "gu");
  const found = [...text.matchAll(list)].map((match) => ({
    id,
    words: match[0].match(new RegExp(word, "gu")) ?? [],
    at: match.index,
  }));
  const longest = found.sort((a, b) => b.words.length - a.words.length || a.at - b.at)[0];
  return longest === undefined || new Set(longest.words).size < longest.words.length ? undefined : longest;
}

const MARK = "[\uE100-\uE1FF]";
const mark = (value: number) => String.fromCharCode(0xe100 + value);
const hasMark = (value: number) => String.fromCharCode(0xe200 + value);
const hasNotMark = (value: number) => String.fromCharCode(0xe300 + value);
const valueAt = (char: string) => char.charCodeAt(0) & 0xff;

function readIn(text: string, language: Language): ReadPuzzle | undefined {
  const lists = CATEGORIES.flatMap((_, id) => readList(text, id, language) ?? []);
  // The people first, then the categories as they stand in the text.
  lists.sort((a, b) => (a.id === 0 ? -1 : b.id === 0 ? 1 : a.at - b.at));
  const houses = lists[0]?.words.length ?? 0;
  if (lists[0]?.id !== 0 || lists.length < 2 || lists.length > 4 || houses < 2 || houses > 5) return undefined;
  if (lists.some(({ words }) => words.length !== houses)) return undefined;
  const marked = withMarks(text, lists, language);
  const clues = readClues(marked, language);
  const ask = readAsk(marked, lists, language);
  if (clues.length < 2 || clues.length > MOST_CLUES || ask === undefined) return undefined;
  if (clues.some((clue) => "house" in clue && clue.house > houses) || ("house" in ask && ask.house > houses))
    return undefined;
  const categories = lists.map(({ id, words }) => {
    const known = CATEGORIES[id]![language].words;
    return { id, words: words.map((word) => (known.includes(word) ? known.indexOf(word) : known.length)) };
  });
  const puzzle = { houses, categories, clues, ask };
  const solution = solve(puzzle) ?? onlySolution(puzzle);
  return solution === undefined
    ? undefined
    : { ...puzzle, solution, language, names: lists.flatMap(({ words }) => words) };
}

function onlySolution(puzzle: Pick<Puzzle, "houses" | "categories" | "clues">): number[] | undefined {
  if (puzzle.houses > 4) return undefined;
  const found = solutions(puzzle, 2);
  return found.length === 1 ? found[0] : undefined;
}

/** The text with a mark for each person: as a subject, as what somebody is, as what somebody isn't. */
function withMarks(text: string, lists: readonly List[], language: Language): string {
  const phrases = lists.flatMap(({ id, words }, category) => {
    const { who, has, hasNot } = CATEGORIES[id]![language];
    return words.flatMap((word, i) => {
      const value = category * words.length + i;
      return [
        { phrase: who.replace("{v}", word), char: mark(value) },
        { phrase: has.replace("{v}", word), char: hasMark(value) },
        { phrase: hasNot.replace("{v}", word), char: hasNotMark(value) },
      ];
    });
  });
  phrases.sort((a, b) => b.phrase.length - a.phrase.length);
  return phrases.reduce((marked, { phrase, char }) => {
    const source = phrase.replace(/^the /, "[Tt]he ").replace(/ /g, "\\s+");
    return marked.replace(new RegExp(language === "en" ? `\\b${source}\\b` : source, "gu"), char);
  }, text);
}

const source = (pattern: string) =>
  pattern
    .replace(/[?]/g, "\\??")
    .replace(/[.]/g, "\\.?")
    .replace(/[？。]/g, "[？。?]?")
    .replace(/[:：]/g, "[:：]")
    .replace(/ /g, "\\s+")
    .replace("{a}", `(?<a>${MARK})`)
    .replace("{b}", `(?<b>${MARK})`)
    .replace("{hasB}", "(?<b>[\uE200-\uE2FF])")
    .replace("{hasNotB}", "(?<b>[\uE300-\uE3FF])")
    .replace("{k}", "(?<k>[1-9])")
    .replace("{nth}", `(?<nth>${ORDINALS.join("|")})`);

const mannersOf = (language: Language): Manner[] => [MANNERS[language].trained, ...MANNERS[language].heldOut];

interface CluePattern {
  readonly kind: Clue["kind"];
  readonly regex: RegExp;
}

const cluePatterns = (language: Language): CluePattern[] =>
  mannersOf(language).flatMap(({ clues }) =>
    (Object.keys(clues) as Clue["kind"][]).flatMap((kind) =>
      clues[kind].map((text) => ({ kind, regex: new RegExp(source(text), "gu") })),
    ),
  );

const CLUES: Readonly<Record<Language, readonly CluePattern[]>> = { en: cluePatterns("en"), zh: cluePatterns("zh") };

/** All clues, in their order; of two readings of one place, the longer. */
function readClues(text: string, language: Language): Clue[] {
  const found: { clue: Clue; start: number; end: number }[] = [];
  for (const { kind, regex } of CLUES[language])
    for (const match of text.matchAll(regex)) {
      const { a = "", b, k, nth } = match.groups ?? {};
      const house = k === undefined ? ORDINALS.indexOf(nth as (typeof ORDINALS)[number]) + 1 : Number(k);
      const clue: Clue =
        b === undefined
          ? { kind: kind as "at" | "notAt", a: valueAt(a), house }
          : { kind: kind as Relation, a: valueAt(a), b: valueAt(b) };
      if (b === undefined || a !== b) found.push({ clue, start: match.index, end: match.index + match[0].length });
    }
  found.sort((x, y) => x.start - y.start || y.end - x.end);
  const kept: typeof found = [];
  for (const one of found) if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept.map(({ clue }) => clue);
}

/** What is asked; undefined where nothing is, or of a category that the puzzle hasn't. */
function readAsk(text: string, lists: readonly List[], language: Language): Ask | undefined {
  const labels = lists.map(({ id }) => CATEGORIES[id]![language].one);
  const who = new RegExp(language === "en" ? "\\b[Ww]ho\\s+([\uE200-\uE2FF])" : "谁([\uE200-\uE2FF])", "u").exec(text);
  if (who !== null) return { value: valueAt(who[1]!), want: 0 };
  if (language === "en") {
    const living = /\b[Ww]ho\s+lives\s+in\s+house\s+([1-9])/.exec(text);
    if (living !== null) return { house: Number(living[1]), want: 0 };
  }
  const category = `(?<one>${labels.join("|")})`;
  let best: { ask: Ask; length: number } | undefined;
  for (const { asks } of mannersOf(language))
    for (const kind of ["with", "house", "in"] as const)
      for (const pattern of asks[kind]) {
        const match = new RegExp(source(pattern).replace("{one}", category), "iu").exec(text);
        if (match === null || match[0].length <= (best?.length ?? 0)) continue;
        const { a = "", k, one } = match.groups ?? {};
        const want =
          one === undefined ? "house" : labels.findIndex((label) => label.toLowerCase() === one.toLowerCase());
        const ask: Ask =
          kind === "in" ? { house: Number(k), want: want as number } : ({ value: valueAt(a), want } as Ask);
        best = { ask, length: match[0].length };
      }
  return best?.ask;
}
