// What is asked, as words and back. Owns the slots of a question ("from tallest to shortest", "the second shortest") and reading
// them; knows no whole wording.

import type { Language } from "@lemma/protocol";
import type { Slots } from "../../template.ts";
import { listed, nameOf } from "./names.ts";
import type { Ask, Puzzle } from "./puzzle.ts";
import { quantityById } from "./quantities.ts";

const MIDDLE: Readonly<Record<Language, string>> = { en: "the middle one", zh: "排在中间的" };

/** The direction from the low end and from the high end, for what has a degree: a race has neither. */
const SENSES: Readonly<Record<Language, readonly [low: string, high: string]>> = {
  en: ["ascending ", "descending "],
  zh: ["按升序", "按降序"],
};
const PLACES_ONLY = ["arrival", "race", "rank"];

/** The slots of a question: {from} and {to}, {top} and {bottom}, {sense} where all are asked, {who} where one is; {topic}, {people}. */
export function questionSlots({ quantity, ask, facts }: Puzzle, language: Language): Slots {
  const { from, to, high, low, topic } = quantityById(quantity).words[language];
  const people = [...new Set(facts.flatMap(({ above, below }) => [below, above]))];
  const shared = {
    topic,
    people: listed(
      people.map((id) => nameOf(id, language)),
      language,
    ),
  };
  if (ask.what === "all") {
    const sense = PLACES_ONLY.includes(quantity) ? "" : SENSES[language][ask.start === "low" ? 0 : 1];
    return ask.start === "high"
      ? { ...shared, from, to, top: high[0]!, bottom: low[0]!, sense }
      : { ...shared, from: to, to: from, top: low[0]!, bottom: high[0]!, sense };
  }
  const who = ask.what === "middle" ? MIDDLE[language] : (ask.start === "high" ? high : low)[ask.what - 1]!;
  return { ...shared, who };
}

/** Words for the two ends of a quantity, as patterns. */
const ENDS: Readonly<Record<string, Readonly<Record<Language, readonly [high: string, low: string]>>>> = {
  height: { en: ["tallest", "shortest"], zh: ["高(?!兴)", "[矮低]"] },
  speed: { en: ["fastest|quickest", "slowest"], zh: ["快", "慢"] },
  age: { en: ["oldest|eldest", "youngest"], zh: ["年长|(?<=[从到最二三])大", "年轻|(?<=[从到最二三])小"] },
  weight: { en: ["heaviest", "lightest"], zh: ["重", "轻"] },
  wealth: { en: ["richest", "poorest"], zh: ["富有?|有钱", "贫?穷"] },
  strength: { en: ["strongest", "weakest"], zh: ["强壮?|(?<=[从到最二三])大", "弱|(?<=[从到最二三])小"] },
  arrival: { en: ["earliest|first", "latest|last"], zh: ["早(?!上)", "晚(?!上)"] },
  race: { en: ["first|winner", "last"], zh: ["最先|第一个", "最后"] },
  rank: { en: ["highest|top(?! of\\b)|best", "lowest|bottom|worst"], zh: ["高(?!兴)|靠前", "低|靠后"] },
};

const PLACES: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  "2nd": 2,
  third: 3,
  "3rd": 3,
  fourth: 4,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
};

/** Whether a text puts one end first: "starting with the tallest", "the tallest first", 从最高的开始, 最高的在前. */
function putsFirst(text: string, end: string, language: Language): boolean {
  const one = language === "en" ? `(?:the )?(?:${end})(?: to finish)?` : `(?:最|第一个?)?(?:${end})(?:到|到终点)?的人?`;
  const said =
    language === "en"
      ? `\\b(?:start|begin)(?:s|ing|ning)? (?:with|from|at) ${one}\\b|\\b${one} (?:(?:comes|is|stands) )?(?:first|at the front|in front)\\b`
      : `从(?:排名)?${one}开始|以(?:排名)?${one}开头|先写(?:排名)?${one}|${one}[写排放站]?在最?前`;
  return new RegExp(said, "iu").test(text);
}

/** Reads what is asked of a quantity from the text beside the facts; undefined where it asks nothing of it. */
export function readAsk(text: string, quantity: string, language: Language): Ask | undefined {
  const [high, low] = ENDS[quantity]![language];
  const whole = (from: string, to: string) =>
    language === "en"
      ? new RegExp(`\\b(?:${from})\\b[^.?!]{0,30}\\b(?:${to})\\b`, "i")
      : new RegExp(`(?:${from})[^。？！]{0,6}(?:${to})`, "u");
  for (const [end, start] of [
    [high, "high"],
    [low, "low"],
  ] as const)
    if (putsFirst(text, end, language)) return { what: "all", start };
  if (whole(high, low).test(text)) return { what: "all", start: "high" };
  if (whole(low, high).test(text)) return { what: "all", start: "low" };
  if (/\bmiddle\b|中间/i.test(text)) return { what: "middle", start: "high" };
  return quantity === "race" ? readRacePlace(text, language) : readPlace(text, high, low, language);
}

function readPlace(text: string, high: string, low: string, language: Language): Ask | undefined {
  for (const [word, start] of [
    [high, "high"],
    [low, "low"],
  ] as const) {
    const match = (
      language === "en"
        ? new RegExp(`(?:\\b(second|2nd|third|3rd|fourth)[- ])?\\b(?:${word})\\b`, "i")
        : new RegExp(`(?:最|第([一二三四]))(?:${word})`, "u")
    ).exec(text);
    if (match !== null) return { what: PLACES[match[1]?.toLowerCase() ?? "first"]!, start };
  }
  return undefined;
}

function readRacePlace(text: string, language: Language): Ask | undefined {
  const match = (
    language === "en" ? /\b(first|winner|won|second|third|fourth|last)\b/i : /第([一二三四])|(最先|冠军)|(最后)/
  ).exec(text);
  if (match === null) return undefined;
  const word = match[0].toLowerCase();
  if (word === "last" || word === "最后") return { what: 1, start: "low" };
  return { what: PLACES[match[1]?.toLowerCase() ?? "first"] ?? 1, start: "high" };
}
