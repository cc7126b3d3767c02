// Noise in training questions: meaningless words between the parts, around them and in place of glue, so that a model finds
// numbers, names and operations by structure and not by the eighteen sentences it was taught. Owns what may be disturbed and how
// often; knows no family. Code and formulas stay as they are, in their order; so do words that mean something.

import type { Language } from "@lemma/protocol";
import { noiseWord } from "./noise-words.ts";
import type { Random } from "./random.ts";

/** English words that any other word may stand in for: what is asked follows without them. */
const GLUE = new Set(
  (
    "a an the is are was be am do does did of and or if when suppose let let's please what what's which find give get tell show say " +
    "state name compute calculate determine work you i we me my us it its that this these there here so then now can could would " +
    "will know need want have has holds hold where such"
  ).split(" "),
);

/** Chinese glue: polite words, and conjunctions between formulas. */
const GLUE_ZH = /请问|请|帮我|一下|你能|能不能|可以|如果|假如|要是|设|若|已知|那么|它们?的?|这个|函数|方程/gu;

/** A word of a formula: it has a digit or a sign, or is a single letter. */
const FORMULA = /[\d=+*/^<>×·−–＝(){}_∧∨¬→↔&|~]|^[-!]|'\(|^[b-zB-HJ-Z][,.;:?!']?$/;
/** A row of a table in Markdown; the other layouts of tables have no free gaps. */
const TABLE_ROW = /^\s*\|.*\|\s*$/;
const CODE = /```|\bprint\(|console\.log/;
/** A line of a text with code that is words and no code. */
const WORDS_ONLY = /^(?!.*[=(){}<>[\]])(?=.*(?:\p{Script=Han}{2}|[a-z]{2,} [a-z]{2,}))/iu;

/** How often a place is used, drawn anew for each question: from a single word to a question that is half noise. */
const INSERTED = [0.04, 0.08, 0.15, 0.3] as const;
const REPLACED = [0, 0.1, 0.25, 0.5] as const;
const AROUND = 0.25;
/** More, where the noise is copied: what words do between two that are known has to be learned from it. */
const INSERTED_IN_PASSAGES = [0.05, 0.15, 0.3, 0.4] as const;

/**
 * The question with noise.
 * @example
 * disturb("What is 3 plus 5?", "en", random); // "What wug is 3 plus, indeed lamp, 5?"
 *
 * `keepsGlue`: "and", "or" and "if" mean something here, so no word is replaced.
 */
export function disturb(question: string, language: Language, random: Random, keepsGlue = false): string {
  const code = CODE.test(question);
  const drawn = { insert: random.pick(INSERTED), replace: random.pick(REPLACED) };
  const level = keepsGlue ? { ...drawn, replace: 0 } : drawn;
  const lines = question.split("\n").map((line) => {
    if (line.trim() === "" || TABLE_ROW.test(line) || (code && !WORDS_ONLY.test(line))) return line;
    return language === "en" ? english(line, level, random) : chinese(line, level, random);
  });
  const text = lines.join("\n");
  if (!random.chance(AROUND)) return text;
  const sentence = () => phrase(language, random.int(1, 5), random);
  const break_ = lines.length > 1 ? "\n" : language === "en" ? " " : "";
  const capital = (words: string) => words[0]!.toUpperCase() + words.slice(1);
  const [stop, marks] = language === "en" ? [".", [".", "!", ":", ","]] : ["。", ["。", "！", "：", "，"]];
  if (random.chance(0.6)) return capital(sentence()) + random.pick(marks) + break_ + text;
  const ended = /[.?!:。？！：]$/.test(text) || lines.length > 1 ? text : text + stop;
  return ended + break_ + capital(sentence()) + random.pick([stop, stop, "!", ""]);
}

/** One character that stands for a passage: no letter, digit or mark. */
const placeholder = (i: number) => String.fromCodePoint(0xe100 + i);

/**
 * The question with noise, and passages of it that an answer repeats, with the noise that they have in the question: copying is
 * then learned as copying, whatever the words. A passage counts where it stands first.
 * @example
 * disturbPassages("Ann is older than Bob. Who is older?", ["Ann is older than Bob"], "en", random);
 * // { question: "Ann is wug older than Bob. Who lamp is older?", passages: ["Ann is wug older than Bob"] }
 *
 * `names` are names that noise may follow in a passage.
 */
export function disturbPassages(
  question: string,
  passages: readonly string[],
  language: Language,
  random: Random,
  names: readonly string[] = [],
  keepsGlue = false,
): { question: string; passages: string[] } {
  const around = disturb(
    passages.reduce((text, passage, i) => text.replace(passage, placeholder(i)), question),
    language,
    random,
    keepsGlue,
  );
  const level = { insert: random.pick(INSERTED_IN_PASSAGES), replace: random.pick(REPLACED) };
  const noisy = passages.map((passage) =>
    language === "en" ? english(passage, level, random) : chinese(passage, level, random, placesBehind(names)),
  );
  return {
    question: noisy.reduce((text, passage, i) => text.replace(placeholder(i), () => passage), around),
    passages: noisy,
  };
}

interface Level {
  readonly insert: number;
  readonly replace: number;
}

const phrase = (language: Language, words: number, random: Random): string =>
  Array.from({ length: words }, () => noiseWord(language, random)).join(language === "en" ? " " : "");

/** Mostly one word, sometimes a few, sometimes between commas. */
function insertion(language: Language, random: Random): string {
  const words = phrase(
    language,
    random.weighted([
      [1, 6],
      [2, 3],
      [3, 1],
      [5, 1],
    ] as const),
    random,
  );
  if (language === "zh") return random.chance(0.15) ? `，${words}，` : words;
  return random.chance(0.1) ? `, ${words},` : ` ${words}`;
}

function english(line: string, { insert, replace }: Level, random: Random): string {
  const words = line.split(" ");
  let out = "";
  words.forEach((word, i) => {
    const bare = /^[a-z']+/i.exec(word)?.[0] ?? "";
    let shown = word;
    if (bare !== "" && GLUE.has(bare.toLowerCase()) && random.chance(replace))
      shown = noiseWord("en", random) + word.slice(bare.length);
    out += i === 0 ? shown : ` ${shown}`;
    const next = words[i + 1];
    // A gap is free unless it lies inside a formula; behind a comma a new formula begins.
    if (next === undefined || next === "" || word === "" || word === "-") return;
    if (FORMULA.test(word) && FORMULA.test(next) && !/[,;:]$/.test(word)) return;
    if (random.chance(insert)) {
      const more = insertion("en", random);
      out += /[,.;:?!]$/.test(out) ? more.replace(/^,/, "").replace(/,$/, "") : more;
    }
  });
  return out;
}

/** Places between characters: behind a mark, and where characters meet a formula; conjunctions between formulas are glue. */
const CHINESE_PLACE =
  /(?<=[，。；：、？！])|(?<=\p{Script=Han}) ?(?=[\w(-])|(?<=[\w)]) ?(?=\p{Script=Han})|(?<![相])(?=比(?!赛))|(?=[与跟把将从被])|(?<=[比是的有了得为])(?=\p{Script=Han})/gu;
const CONJUNCTION = /(?<=[\w)] ?)[和与跟且及，、；](?= ?[\w(-])/gu;

/** The places behind names, before another character. */
const placesBehind = (names: readonly string[]) =>
  names.length === 0 ? undefined : new RegExp(`(?<=${names.join("|")})(?=\\p{Script=Han})`, "gu");

function chinese(line: string, { insert, replace }: Level, random: Random, more?: RegExp): string {
  const glued = line
    .replace(GLUE_ZH, (word) => (random.chance(replace) ? noiseWord("zh", random) : word))
    .replace(CONJUNCTION, (word) => (random.chance(replace) ? phrase("zh", random.int(1, 3), random) : word));
  const place = (space: string) => (random.chance(insert) ? space + insertion("zh", random) + space : space);
  const placed = glued.replace(CHINESE_PLACE, place);
  return more === undefined ? placed : placed.replace(more, place);
}
