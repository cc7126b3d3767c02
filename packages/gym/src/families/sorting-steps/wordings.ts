// Problems of sorting and searching as questions, and back. Questions are read by their key words: the sort or search, the longest list of
// numbers, the pass or what is counted. The wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import type { Problem, Sort } from "./problem.ts";

const WORDINGS = { en: ENGLISH, zh: CHINESE };
const ASKS: readonly Problem["ask"][] = ["passes", "swaps", "comparisons", "probes"];
const NAMES: Readonly<Record<Language, Readonly<Record<Sort, string>>>> = {
  en: { bubble: "bubble sort", selection: "selection sort", insertion: "insertion sort" },
  zh: { bubble: "冒泡排序", selection: "选择排序", insertion: "插入排序" },
};

function writeList(list: readonly number[], random: Random): string {
  return random.chance(0.6) ? `[${list.join(", ")}]` : list.join(", ");
}

export const sortingPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language) => {
    const templates = wording.map(template);
    return {
      templates,
      render(problem, random) {
        const slots = {
          list: writeList(problem.list, random),
          sort: problem.ask === "probes" ? "" : NAMES[language][problem.sort],
          k: problem.ask === "passes" ? `${problem.passes}` : "",
          t: problem.ask === "probes" ? `${problem.target}` : "",
        };
        const text = templates[ASKS.indexOf(problem.ask)]!.render(slots, random);
        return text[0]!.toUpperCase() + text.slice(1);
      },
    };
  },
);

const LONGEST = 700;
const LIST = /\d{1,4}(?:(?:\s*[,，、]\s*|\s+)\d{1,4}(?!\d)){2,15}/g;
const SEARCH = /binary search|二分查找|二分搜索|折半查找/i;
const SORT: readonly (readonly [Sort, RegExp])[] = [
  ["bubble", /bubble[- ]?sort|冒泡/i],
  ["selection", /selection[- ]?sort|选择排序/i],
  ["insertion", /insertion[- ]?sort|插入排序/i],
];
const PASS = /\bpass (\d)(?!\d)|(?<!\d)(\d)(?:st|nd|rd|th)? pass(?:es)?\b|(?<!\d)(\d) ?[趟轮]/gi;
const ORDINALS: Readonly<Record<string, number>> = { one: 1, first: 1, two: 2, second: 2, three: 3, third: 3 };
const DESCENDING = /descending|largest first|from large|降序|从大到小/i;

/** The pass in a text: the last one where it names several. */
function readPass(text: string): number | undefined {
  const found = [...text.matchAll(PASS)].at(-1);
  if (found !== undefined) return Number(found[1] ?? found[2] ?? found[3]);
  const word = /\b(one|first|two|second|three|third) pass(?:es)?\b/i.exec(text)?.[1];
  return word === undefined ? undefined : ORDINALS[word.toLowerCase()];
}

/** Reads a problem; undefined where a text asks for no steps of a sort or search. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST) return undefined;
  const isSearch = SEARCH.test(question);
  const sorts = SORT.filter(([, name]) => name.test(question));
  if ((isSearch ? 1 : 0) + sorts.length !== 1 || DESCENDING.test(question)) return undefined;
  const lists = [...question.matchAll(LIST)].sort((a, b) => b[0].length - a[0].length);
  const found = lists[0];
  if (found === undefined) return undefined;
  const list = found[0].match(/\d+/g)!.map(Number);
  const rest = `${question.slice(0, found.index)}\n${question.slice(found.index + found[0].length)}`;
  if (isSearch) {
    const others = rest.match(/\d+/g) ?? [];
    const isSorted = list.every((value, i) => i === 0 || list[i - 1]! < value);
    return others.length === 1 && isSorted ? { ask: "probes", list, target: Number(others[0]) } : undefined;
  }
  const sort = sorts[0]![0];
  const passes = readPass(rest);
  const swaps = /\bswaps?\b|exchange|交换/i.test(rest);
  const comparisons = /\bcompar(?:es?|isons?)\b|比较/i.test(rest);
  if ([passes !== undefined, swaps, comparisons].filter(Boolean).length !== 1) return undefined;
  if (passes !== undefined)
    return passes > 0 && passes < list.length ? { ask: "passes", sort, list, passes } : undefined;
  if (swaps) return sort === "insertion" ? undefined : { ask: "swaps", sort, list };
  return sort === "insertion" ? { ask: "comparisons", sort, list } : undefined;
}
