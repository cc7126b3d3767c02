// Statements as sentences, and sentences as statements. Owns how each form is said in either language, and finding the sentences in a text;
// which of them is the claim is wordings.ts's.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { type Noun, pluralOf, THEMES } from "./nouns.ts";
import type { Form, Problem, Statement } from "./problem.ts";

/** Sentences of each form: {a} and {b} are the classes, in English in the plural, {a1} and {b1} in the singular. */
type Sentences = Readonly<Record<Form, readonly string[]>>;

interface Voices {
  readonly trained: Sentences;
  readonly heldOut: Sentences;
  /** Only read. */
  readonly typed: Sentences;
}

export const SENTENCES: Readonly<Record<Language, Voices>> = {
  en: {
    heldOut: {
      all: ["anything that is a {a1} counts as a {b1}"],
      no: ["nothing that is a {a1} counts as a {b1}"],
      some: ["a {a1} here or there counts as a {b1}"],
      "some-not": ["a {a1} here or there fails to count as a {b1}"],
    },
    trained: {
      all: ["all {a} are {b}", "all {a} are {b}", "every {a1} is a {b1}"],
      no: ["no {a} are {b}", "no {a} are {b}", "no {a1} is a {b1}"],
      some: ["some {a} are {b}", "some {a} are {b}", "at least one {a1} is a {b1}"],
      "some-not": [
        "some {a} are not {b}",
        "some {a} are not {b}",
        "not all {a} are {b}",
        "at least one {a1} is not a {b1}",
      ],
    },
    typed: {
      all: ["each {a1} is a {b1}", "any {a1} is a {b1}"],
      no: ["none of the {a} are {b}"],
      some: ["there are {a} that are {b}", "some of the {a} are {b}"],
      "some-not": ["some {a} aren't {b}", "not every {a1} is a {b1}", "there are {a} that are not {b}"],
    },
  },
  zh: {
    heldOut: {
      all: ["凡{a}必为{b}"],
      no: ["凡{a}必非{b}"],
      some: ["{a}当中找得到{b}"],
      "some-not": ["{a}当中找得到非{b}"],
    },
    trained: {
      all: ["所有{a}都是{b}", "所有的{a}都是{b}", "每个{a}都是{b}", "{a}全是{b}"],
      no: ["没有{a}是{b}", "所有{a}都不是{b}", "{a}都不是{b}"],
      some: ["有些{a}是{b}", "有的{a}是{b}", "至少有一个{a}是{b}"],
      "some-not": ["有些{a}不是{b}", "有的{a}不是{b}", "并非所有{a}都是{b}"],
    },
    typed: {
      all: ["凡是{a}都是{b}", "一切{a}都是{b}", "任何{a}都是{b}"],
      no: ["没有一个{a}是{b}", "任何{a}都不是{b}", "每个{a}都不是{b}"],
      some: ["存在{a}是{b}", "某些{a}是{b}"],
      "some-not": ["存在{a}不是{b}", "某些{a}不是{b}", "不是所有{a}都是{b}", "不是所有的{a}都是{b}"],
    },
  },
};

/** A statement as a sentence. */
export function say(
  { form, subject, predicate }: Statement,
  { theme, nouns }: Problem,
  language: Language,
  isHeldOut: boolean,
  random: Random,
): string {
  const text = random.pick(SENTENCES[language][isHeldOut ? "heldOut" : "trained"][form]);
  return text.replace(/\{([ab])(1?)\}/g, (_, which: string, one: string) => {
    const noun = nouns[which === "a" ? subject : predicate]!;
    if (language === "zh") return THEMES[theme]!.zh[noun]!;
    const pair: Noun = THEMES[theme]!.en[noun]!;
    return pair[one === "1" ? 0 : 1];
  });
}

/** A sentence in a text: nouns by the name that lines use. */
export interface ToldStatement {
  readonly form: Form;
  readonly subject: string;
  readonly predicate: string;
  readonly start: number;
  readonly end: number;
}

const ALL_ZH = THEMES.flatMap(({ zh }) => zh).sort((a, b) => b.length - a.length);
/** Chinese nouns that are not listed end where the sentence does, or where another word of it begins. */
const OTHER_ZH = "(?:(?![是不非都全有没所每的吗呢])\\p{Script=Han}){1,4}?";
/** What stands before a sentence that begins with a noun that is not listed. */
const BEFORE_ZH = '(?<=^|[，。；：！？、,;.:!?\\s“"「（(]|所以|因此|那么|推出|得出|肯定|说)';
const NOUN: Readonly<Record<Language, string>> = {
  en: "([a-z]{2,14})",
  zh: `(${ALL_ZH.join("|")}|${OTHER_ZH})`,
};
const FIRST_ZH = `(${ALL_ZH.join("|")}|${BEFORE_ZH}(?!所以|因此|那么)${OTHER_ZH})`;
const END_ZH = '(?=[吗呢呀的，。；：？！、,;.?!”"」）)\\s]|$|不可|一定|必然|是否|能否|是不是|或)';

interface Pattern {
  readonly form: Form;
  readonly language: Language;
  readonly regex: RegExp;
}

const PATTERNS: readonly Pattern[] = (["en", "zh"] as const).flatMap((language) =>
  (["all", "no", "some", "some-not"] as const).flatMap((form) => {
    const { trained, heldOut, typed } = SENTENCES[language];
    return [...new Set([...trained[form], ...heldOut[form], ...typed[form]])].map((text) => {
      const begun = language === "zh" ? text.replace(/^\{a\}/, FIRST_ZH) : text;
      const source = begun
        .replace(/\{[ab]1?\}/g, NOUN[language])
        .replace(/ a \(/g, " an? (")
        .replace(/^a \(/, "an? (");
      const regex = language === "en" ? `\\b${source}\\b` : source + END_ZH;
      return { form, language, regex: new RegExp(regex.replace(/ /g, "\\s+"), "giu") };
    });
  }),
);

/** All sentences in a text, in their order; of two readings of one place, the one that begins first, then the longer, then the one with the shorter noun. */
export function findStatements(text: string, language: Language): ToldStatement[] {
  const found: ToldStatement[] = [];
  for (const pattern of PATTERNS) {
    if (pattern.language !== language) continue;
    for (const match of text.matchAll(pattern.regex)) {
      const [subject, predicate] = [match[1]!, match[2]!].map((noun) => (language === "en" ? pluralOf(noun) : noun));
      if (STOP.has(subject!) || STOP.has(predicate!) || subject === predicate) continue;
      const { form } = pattern;
      const [start, end] = [match.index, match.index + match[0].length];
      found.push({ form, subject: subject!, predicate: predicate!, start, end });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end || a.subject.length - b.subject.length);
  return found.filter((one, i) => !found.slice(0, i).some((earlier) => earlier.end > one.start));
}

/** Plurals of words that are no classes: "all these are true". */
const STOP = new Set([
  "thes",
  "trues",
  "nots",
  "thats",
  "thoses",
  "thems",
  "theys",
  "thiss",
  "falses",
  "valids",
  "ofs",
]);
