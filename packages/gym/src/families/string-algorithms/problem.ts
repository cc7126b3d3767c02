// String tasks without words: seven kinds over one or two short strings of small letters, how they are drawn and what solves them. Owns
// the plain solutions, against which the traces are tested; knows no wording.

import type { Random } from "../../random.ts";

export const KINDS = ["reverse", "count", "palindrome", "runs", "prefix", "edit", "sort"] as const;
export type Kind = (typeof KINDS)[number];

/** A task on `word`; `other` is the second string (prefix, edit) or the letter to count. */
export interface StringTask {
  readonly kind: Kind;
  readonly word: string;
  readonly other?: string;
}

/** Lengths by level: of strings, and of the two strings of `edit`, whose table grows as their product. */
export const LENGTHS = [
  { word: [3, 4], edit: [2, 3] },
  { word: [4, 7], edit: [2, 4] },
  { word: [6, 9], edit: [3, 5] },
] as const;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const VOWELS = "aeiou";

/** A string that has letters twice: from few letters, or of syllables. */
function word(random: Random, length: number): string {
  const few = random.shuffle([...LETTERS]).slice(0, random.int(2, Math.max(3, length - 1)));
  const spoken = random.chance(0.4);
  const consonants = few.filter((letter) => !VOWELS.includes(letter));
  const letter = (i: number) =>
    spoken && i % 2 === 1 ? random.pick([...VOWELS]) : random.pick(spoken && consonants.length > 0 ? consonants : few);
  return Array.from({ length }, (_, i) => letter(i)).join("");
}

export function drawTask(random: Random, level: number): StringTask {
  const kind = random.pick(KINDS);
  const { word: lengths, edit } = LENGTHS[level - 1]!;
  const length = () => random.int(lengths[0], lengths[1]);
  const text = word(random, length());
  switch (kind) {
    case "count": {
      const isThere = random.chance(0.85);
      const letters = isThere ? [...text] : [...LETTERS].filter((letter) => !text.includes(letter));
      return { kind, word: text, other: random.pick(letters) };
    }
    case "palindrome":
      return { kind, word: random.chance(0.2) ? text : mirrored(random, text) };
    case "runs":
      return { kind, word: withRuns(random, length()) };
    case "prefix": {
      const shared = random.int(1, Math.min(text.length, 6));
      const rest = word(random, random.int(1, 4));
      const other = (text.slice(0, shared) + rest).slice(0, lengths[1]);
      return other === text ? drawTask(random, level) : { kind, word: text, other };
    }
    case "edit": {
      const first = word(random, random.int(edit[0], edit[1]));
      return { kind, word: first, other: edited(random, first, edit[1]) };
    }
    default:
      return { kind, word: text };
  }
}

/** A palindrome as long as `text`, half of the time with one letter changed. */
function mirrored(random: Random, text: string): string {
  const letters = [...text].map((letter, i) => (i < text.length / 2 ? letter : text[text.length - 1 - i]!));
  if (random.chance(0.5)) return letters.join("");
  const at = random.below(Math.floor(text.length / 2));
  letters[random.chance(0.5) ? at : text.length - 1 - at] = random.pick([...LETTERS]);
  return letters.join("");
}

function withRuns(random: Random, length: number): string {
  const letters = random.shuffle([...LETTERS]).slice(0, 3);
  let text = "";
  while (text.length < length) text += random.pick(letters).repeat(random.int(1, 4));
  return text.slice(0, length);
}

/** A few letters changed, dropped or added, or another string. */
function edited(random: Random, text: string, longest: number): string {
  let result = random.chance(0.2) ? word(random, random.int(2, longest)) : text;
  for (let changes = random.int(1, 2); changes > 0; changes--) {
    const at = random.below(result.length);
    const letter = random.pick([...text, ...LETTERS.slice(0, 6)]);
    const kind = random.pick(["change", "add", "drop"] as const);
    if (kind === "add") result = result.slice(0, at) + letter + result.slice(at);
    else result = result.slice(0, at) + (kind === "change" ? letter : "") + result.slice(at + 1);
    if (result === "") result = letter;
  }
  return result.slice(0, longest);
}

/** Equal for equal tasks: a common prefix and an edit distance don't depend on the order of the strings. */
export function taskKey({ kind, word: first, other }: StringTask): string {
  if (other === undefined) return `${kind} ${first}`;
  return kind === "count" ? `${kind} ${other} ${first}` : `${kind} ${[first, other].sort().join(" ")}`;
}

/** What solves the task; `yes` or `no` for a palindrome. */
export function solve({ kind, word: text, other = "" }: StringTask): string {
  switch (kind) {
    case "reverse":
      return [...text].reverse().join("");
    case "count":
      return String([...text].filter((letter) => letter === other).length);
    case "palindrome":
      return [...text].reverse().join("") === text ? "yes" : "no";
    case "runs":
      return text.replace(/(.)\1*/g, (run) => `${run[0]}${run.length}`);
    case "prefix": {
      let length = 0;
      while (length < text.length && text[length] === other[length]) length++;
      return text.slice(0, length);
    }
    case "edit":
      return String(editTable(text, other)[text.length]![other.length]);
    case "sort":
      return [...text].sort().join("");
  }
}

/** The distances of all beginnings (Wagner and Fischer 1974): row i, column j for the first i and j letters. */
export function editTable(first: string, second: string): number[][] {
  const table = [Array.from({ length: second.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= first.length; i++) {
    const row = [i];
    for (let j = 1; j <= second.length; j++) {
      const above = table[i - 1]!;
      const same = first[i - 1] === second[j - 1];
      row.push(same ? above[j - 1]! : 1 + Math.min(above[j - 1]!, above[j]!, row[j - 1]!));
    }
    table.push(row);
  }
  return table;
}
