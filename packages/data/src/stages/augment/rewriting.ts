// Questions written otherwise: other names, distractors, formats. Owns the lists; knows no family.

import type { Random } from "@lemma/gym";
import type { Language } from "@lemma/protocol";

/** Sentences without bearing; `{n}` is a small number. */
const DISTRACTORS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "My neighbour keeps {n} cats.",
    "It rained for {n} hours yesterday.",
    "There are {n} chairs in this room.",
    "The bus came {n} minutes late.",
    "I slept badly last night.",
    "The window is open.",
    "My brother is baking bread.",
    "The library closes early on Fridays.",
    "A friend told me about this over lunch.",
    "The coffee went cold.",
    "My pencil broke twice.",
    "The train station has {n} platforms.",
  ],
  zh: [
    "邻居养了{n}只猫。",
    "昨天下了{n}个小时的雨。",
    "这间屋里有{n}把椅子。",
    "公交车晚到了{n}分钟。",
    "我昨晚没睡好。",
    "窗户开着。",
    "弟弟在烤面包。",
    "图书馆星期五关门早。",
    "这是朋友吃午饭时讲的。",
    "咖啡凉了。",
    "铅笔断了两次。",
    "车站有{n}个站台。",
  ],
};

/** The question with a sentence that has nothing to do with it, before it, after it, or between two of its sentences. */
export function withDistractor(question: string, language: Language, random: Random): string {
  const sentence = random.pick(DISTRACTORS[language]).replace("{n}", String(random.int(2, 9)));
  const places = [0, ...[...question.matchAll(/(?<=[.?!])\s+(?=\p{Lu})|(?<=[。？！])|\n/gu)].map(({ index }) => index)];
  const at = random.pick([...places, question.length]);
  const gap = question.includes("\n") ? "\n" : language === "en" ? " " : "";
  const [before, after] = [question.slice(0, at).trimEnd(), question.slice(at).trimStart()];
  const isEnded = before === "" || /[.?!。？！:：]$/.test(before) || gap === "\n";
  const closed = isEnded ? before : before + (language === "en" ? "." : "。");
  return [closed, sentence, after].filter((part) => part !== "").join(gap);
}

/** The question with each of the people in it called otherwise; undefined where there are none, or not enough other names. */
export function withOtherNames(question: string, people: readonly string[], random: Random): string | undefined {
  if (people.length === 0) return undefined;
  const longestFirst = people.toSorted((a, b) => b.length - a.length);
  const names = longestFirst.map((name) => name.replace(/[^\p{L}\p{N} ]/gu, "\\$&")).join("|");
  const pattern = new RegExp(`(?<!\\p{Script=Latin})(?:${names})(?!\\p{Script=Latin})`, "gu");
  const present = [...new Set(question.match(pattern))];
  const others = random.shuffle(people.filter((name) => !question.includes(name)));
  if (present.length === 0 || others.length < present.length) return undefined;
  return question.replace(pattern, (name) => others[present.indexOf(name)]!);
}

type Format = (question: string, random: Random) => string;

const FORMATS: readonly Format[] = [
  (question) => question.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase()),
  (question) => question.replace(/[.?!。？！]$/u, ""),
  (question) => question.replace(/[.。]$/u, "!"),
  (question, random) => question.replaceAll(" ", () => (random.chance(0.15) ? "\n" : " ")),
  (question, random) => question.replaceAll(" ", () => (random.chance(0.2) ? "  " : " ")),
  (question) => question.replace(/(?<=[\p{L}\p{N})])([+=])(?=[\p{L}\p{N}(])/gu, " $1 "),
  (question) => question.replace(/(?<=[\p{L}\p{N})]) ([+=]) (?=[\p{L}\p{N}(])/gu, "$1"),
  (question) => `> ${question.replaceAll("\n", "\n> ")}`,
  (question) => `**${question}**`,
  (question) => `"${question}"`,
  (question) => question.replaceAll("，", ", ").replaceAll("。", ". ").replaceAll("？", "? ").trim(),
  (question) => `  ${question}\n\n`,
  (question) => question.toUpperCase(),
];

/** The question in another form; itself where no form changes it. */
export function differently(question: string, random: Random): string {
  for (const format of random.shuffle(FORMATS)) {
    const text = format(question, random);
    if (text !== question) return text;
  }
  return question;
}
