// How statistics are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {list} the numbers, {stat} mean, median, mode or range, {parts} how often each value (`3 times 12 and 2 times 17`; in held-out
// wordings `12 on 3 days and 17 on 2 days`), {m} a mean, {name} for stories.

import type { Language } from "@lemma/protocol";
import { kindMatcher, kindPhrasings } from "../../kind-wordings.ts";
import type { Matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import type { Slots } from "../../template.ts";
import { nameOf } from "../ordering/names.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { isProblem, type Kind, type Statistics } from "./problem.ts";

/** What a text says: a list and what is asked of it, a weighted list, a list with a hole. */
export type Ask = "list" | "weighted" | "missing";

const TEXTS = { en: ENGLISH, zh: CHINESE };

const STATS: Readonly<Record<Language, Readonly<Partial<Record<Kind, readonly string[]>>>>> = {
  en: { mean: ["mean", "average", "mean value"], median: ["median"], mode: ["mode"], range: ["range"] },
  zh: { mean: ["平均数", "平均值"], median: ["中位数"], mode: ["众数"], range: ["极差"] },
};

const askOf = ({ kind }: Statistics): Ask => (kind === "weighted" || kind === "missing" ? kind : "list");

function slotsFor(problem: Statistics, language: Language, random: Random, isHeldOut: boolean): Slots {
  const { kind, values, counts, mean } = problem;
  const listed = (parts: readonly (string | number)[], canJoin: boolean) => {
    const comma = language === "en" ? ", " : "、";
    if (!canJoin) return parts.join(comma);
    return parts.slice(0, -1).join(comma) + (language === "en" ? " and " : "和") + parts.at(-1);
  };
  const parts = (counts ?? []).map((count, i) =>
    language === "en"
      ? isHeldOut
        ? `${values[i]} on ${count} days`
        : `${count} times ${values[i]}`
      : isHeldOut
        ? `${values[i]}的有${count}天`
        : `${count}次${values[i]}`,
  );
  return {
    list: listed(values, kind !== "missing" && random.chance(0.4)),
    stat: random.pick(STATS[language][kind] ?? [""]),
    parts: counts === undefined ? "" : listed(parts, true),
    m: String(mean),
    name: nameOf(random.below(24), language),
  };
}

/** The wordings of the family, by language. */
export const statisticsPhrasings = kindPhrasings<Statistics, Ask>(TEXTS, askOf, slotsFor);

const NUMBER = "\\d{1,5}";
const COMMA = "(?: ?, ?and | ?[,，、;；] ?| and |和| )";
const PART = `(?:${NUMBER} times ${NUMBER}|${NUMBER} on ${NUMBER} days|${NUMBER}次${NUMBER}|${NUMBER}的有${NUMBER}天)`;
const SLOT_PATTERNS = {
  list: `${NUMBER}(?:${COMMA}${NUMBER}){1,14}`,
  stat: "mean value|arithmetic mean|mean|average|median|mode|range|平均数|平均值|中位数|众数|极差",
  parts: `${PART}(?:${COMMA}${PART}){1,5}`,
  m: NUMBER,
  name: "[A-Z][a-z]+|\\p{Script=Han}{2}",
};

/** Forms that people type, and no wording has. */
const TYPED: readonly (readonly [Ask, string])[] = [
  ["list", "{stat}[ of|:| for|] [the numbers |the list |]{list}"],
  ["list", "{list}[: |, |; |. ][what is |find |][the |its |their |]{stat}"],
  ["list", "{list}[，|：|。]{stat}"],
];

let read: Matcher<Ask> | undefined;

/** Reads a problem from a question in any of the wordings; undefined where it has no one answer. */
export function readStatistics(text: string): Statistics | undefined {
  const question = questionText(text);
  if (question === undefined || !/mean|average|median|mode|range|平均|中位数|众数|极差/i.test(question))
    return undefined;
  read ??= kindMatcher(TEXTS, SLOT_PATTERNS, TYPED);
  const found = read(question);
  if (found === undefined) return undefined;
  const { tag, slots } = found;
  const numbers = (slot = "") => (slot.match(/\d+/g) ?? []).map(Number);
  let problem: Statistics;
  if (tag === "weighted") {
    const pairs = numbers(slots.parts);
    const isValueFirst = / on |的有/.test(slots.parts!);
    const at = (first: number) => pairs.filter((_, i) => i % 2 === first);
    problem = { kind: tag, values: at(isValueFirst ? 0 : 1), counts: at(isValueFirst ? 1 : 0) };
  } else if (tag === "missing") problem = { kind: tag, values: numbers(slots.list), mean: Number(slots.m) };
  else {
    const stat = slots.stat!.toLowerCase();
    const kind = /median|中位/.test(stat)
      ? "median"
      : /mode|众/.test(stat)
        ? "mode"
        : /range|极/.test(stat)
          ? "range"
          : "mean";
    problem = { kind, values: numbers(slots.list) };
  }
  return isProblem(problem) ? problem : undefined;
}
