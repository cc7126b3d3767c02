// Whether a paraphrase speaks of the same things: its numbers, names and letters are those of the question. Owns what counts as one;
// knows no family. That the meaning is the same is for verifiers to say: this only refuses what can't be.

import type { Language } from "@lemma/protocol";

const NUMBER = /\d+(?:[.,:/]\d+)*/g;
/** A capital with small letters behind it, as names have it; `A` alone is a letter. */
const NAME = /\p{Lu}[\p{Ll}’']+/gu;
/** A letter that stands alone, as unknowns do. */
const LETTER = /(?<![\p{L}’'])\p{Script=Latin}(?![\p{L}’'])/gu;
/** What begins a sentence may have a capital for that. */
const SENTENCE = /(?:^|[.?!:;。？！：；"“(]|\n)\s*$/u;

/** Words of English that are written alone or with a capital and name nothing. */
const NO_NAMES = new Set(["a", "i", "o"]);

/** Why a paraphrase can't be one; undefined where nothing speaks against it. `people`: names of people that a family knows. */
export function factsFault(
  question: string,
  paraphrase: string,
  language: Language,
  people: readonly string[] = [],
): "unchanged" | "length" | "language" | "numbers" | "names" | undefined {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[\s\p{P}]+/gu, " ")
      .trim();
  if (plain(question) === plain(paraphrase)) return "unchanged";
  if (paraphrase.length > 3 * question.length + 100 || 3 * paraphrase.length < question.length) return "length";
  if (/\p{Script=Han}/u.test(paraphrase) !== (language === "zh")) return "language";
  if (numbersOf(question) !== numbersOf(paraphrase)) return "numbers";
  const [before, after] = [namesOf(question, people), namesOf(paraphrase, people)];
  for (const name of before.sure) if (!after.all.has(name)) return "names";
  const said = new Set(question.toLowerCase().match(/[\p{L}’']+/gu));
  for (const name of after.sure) if (!before.all.has(name) && !said.has(name.toLowerCase())) return "names";
  return undefined;
}

/** All numbers, as often as they stand there. */
const numbersOf = (text: string): string => (text.match(NUMBER) ?? []).sort().join(" ");

/** Names and letters: `sure` are those that are certainly some, `all` has what begins sentences, too. */
function namesOf(text: string, people: readonly string[]): { sure: Set<string>; all: Set<string> } {
  const sure = new Set<string>();
  const all = new Set<string>();
  for (const { 0: name, index } of text.matchAll(NAME)) {
    const stem = name.replace(/[’']s?$/, "");
    all.add(stem);
    if (!SENTENCE.test(text.slice(0, index))) sure.add(stem);
  }
  for (const [letter] of text.matchAll(LETTER)) {
    if (NO_NAMES.has(letter.toLowerCase())) continue;
    sure.add(letter);
    all.add(letter);
  }
  for (const name of people)
    if (hasWord(text, name)) {
      sure.add(name);
      all.add(name);
    }
  return { sure, all };
}

/** Whether the name stands in the text as a word; in Chinese words have no gaps. */
function hasWord(text: string, name: string): boolean {
  const isBoundary = (char: string | undefined): boolean => char === undefined || !/\p{Script=Latin}/u.test(char);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (isBoundary(text[at - 1]) && isBoundary(text[at + name.length])) return true;
  return false;
}
