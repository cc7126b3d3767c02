// Reads the phrases of phrases.ts, and freer ones, back into a problem. Owns the patterns of the slots; wordings.ts owns the sentences.

import type { SlotText } from "../../matcher.ts";
import { type Draws, type Kind, type Probability, ratio } from "./problem.ts";

const NUMBER = "\\d{1,4}";
const SORT_ZH = "\\p{Script=Han}{1,3}?[球珠糖]";
const IDENTITY = "[a-z]{2,12}";

/** The pattern of each slot, both languages. */
export const SLOT_PATTERNS: SlotText = {
  counts: `${NUMBER} ${IDENTITY}(?:(?:, and|,| and) ${NUMBER} ${IDENTITY}){1,3}|${NUMBER}[个颗只枚]${SORT_ZH}(?:[、，和与及]{1,2}${NUMBER}[个颗只枚]${SORT_ZH}){1,3}`,
  things: IDENTITY,
  name: "[A-Z][a-z]+|\\p{Script=Han}{2}",
  k: "two|three|[23]|[两二三]",
  K: "two|three|[23]",
  back: "with(?:out)? replacement|putting (?:each|none) back|each returned before the next|none returned|[有不]?放回|每颗看完丢回去|掏出的都留在外面",
  event: [
    `(?:both|all three|all) are ${IDENTITY}`,
    `the first is ${IDENTITY} and the second (?:is )?${IDENTITY}`,
    `one is ${IDENTITY} and (?:one|the other) is ${IDENTITY}`,
    `at least one (?:of them )?is ${IDENTITY}`,
    `nothing but ${IDENTITY}|${IDENTITY} followed by ${IDENTITY}|${IDENTITY} and ${IDENTITY} in either order|any ${IDENTITY} among them`,
    "every try succeeds|all tries succeed|no try succeeds|at least one try succeeds|only successes|only failures|one success or more",
    `an? ${IDENTITY}(?: or an? ${IDENTITY})? one|anything but ${IDENTITY}|(?:not )?${IDENTITY}(?: or ${IDENTITY})?`,
    `[两二三]个都是${SORT_ZH}|先取到${SORT_ZH}、后取到${SORT_ZH}|一个是?${SORT_ZH}、一个是?${SORT_ZH}|至少有?一个是?${SORT_ZH}`,
    `颗颗是${SORT_ZH}|${SORT_ZH}在前、${SORT_ZH}在后|${SORT_ZH}与${SORT_ZH}各一颗|其中见到${SORT_ZH}`,
    "每次都成功|一次也不成功|至少成功一次|全部得手|全部落空|起码得手一回",
    `${SORT_ZH}以外的珠|(?:不?是)?${SORT_ZH}(?:或${SORT_ZH})?`,
  ].join("|"),
  cond: [
    `(?:exactly|at least|precisely) ${NUMBER} (?:heads?|tails?)|${NUMBER} (?:heads?|tails?) or more`,
    `is (?:larger|greater|smaller|less) than ${NUMBER}|is at least ${NUMBER}|is a multiple of ${NUMBER}|is divisible by ${NUMBER}`,
    `exceed ${NUMBER}|stay below ${NUMBER}|reach ${NUMBER} or more|have ${NUMBER} as a factor`,
    `(?:the |their )?sum is (?:at least |at most )?${NUMBER}|a total of ${NUMBER}(?: or more| or less)?`,
    `大于${NUMBER}|不?小于${NUMBER}|至少是${NUMBER}|是${NUMBER}的倍数|能被${NUMBER}整除|超过${NUMBER}|不到${NUMBER}|达到${NUMBER}|含有因数${NUMBER}`,
    `(?:恰好|至少)有?${NUMBER}个[正反]面|[正反]面(?:不多不少|起码)${NUMBER}回`,
    `点数之?和(?:是|为|至少是|至多是)${NUMBER}|总点数(?:为|达到|不超过)${NUMBER}`,
  ].join("|"),
  dice: [
    `two dice with ${NUMBER} (?:faces|sides)|two ${NUMBER}-sided dice|two (?:fair )?dice|a pair of ${NUMBER}-sided dice|a pair of dice`,
    `a die with ${NUMBER} faces and a die with ${NUMBER} faces|one ${NUMBER}-sided and one ${NUMBER}-sided die`,
    `两个${NUMBER}面骰子|两个骰子|一个${NUMBER}面骰子和一个${NUMBER}面骰子|一对${NUMBER}面骰|${NUMBER}面骰与${NUMBER}面骰各一`,
  ].join("|"),
  n: NUMBER,
  A: `${IDENTITY}|\\p{Script=Han}{2}`,
  B: `${IDENTITY}|\\p{Script=Han}{2}`,
  do: `${IDENTITY}|会\\p{Script=Han}{2}`,
  given: `the ${IDENTITY}|those who (?:do not )?${IDENTITY}|(?:not )?to (?:be an? )?${IDENTITY}|不?会\\p{Script=Han}{2}(?:的人)?|是?\\p{Script=Han}{2}`,
  wanted: `is an? ${IDENTITY}|does not ${IDENTITY}|(?:not )?to (?:be an? )?${IDENTITY}|${IDENTITY}|不?会\\p{Script=Han}{2}|是\\p{Script=Han}{2}`,
  p: `${NUMBER}(?:/${NUMBER})?`,
  q: NUMBER,
  a: NUMBER,
  b: NUMBER,
  c: NUMBER,
  d: NUMBER,
  s: NUMBER,
  f: NUMBER,
};

const numbersIn = (text: string | undefined): number[] => (text?.match(/\d+/g) ?? []).map(Number);

/** The counts of an urn, and the word of each sort; undefined where a sort stands twice. */
function readUrn(text = ""): { counts: number[]; sorts: string[] } | undefined {
  const parts = [...text.toLowerCase().matchAll(/(\d+) ?[个颗只枚]?([a-z]+|\p{Script=Han}+?[球珠糖])/gu)];
  const sorts = parts.map((part) => part[2]!);
  return new Set(sorts).size === sorts.length ? { counts: parts.map((part) => Number(part[1])), sorts } : undefined;
}

/** The sorts that a phrase names, in its order. */
function sortsIn(phrase: string, sorts: readonly string[]): number[] {
  const words = phrase.match(/[a-z]+/g);
  const at = (sort: string) => (words === null ? phrase.indexOf(sort) : words.indexOf(sort));
  return sorts
    .map((sort, i) => [at(sort), i] as const)
    .filter(([place]) => place >= 0)
    .sort((x, y) => x[0] - y[0])
    .map(([, i]) => i);
}

/** The problem of a kind from its slots; undefined where they don't fit together. */
export function readProblem(kind: Kind, slots: SlotText): Probability | undefined {
  const event = (slots.event ?? "").toLowerCase();
  const cond = (slots.cond ?? "").toLowerCase();
  const [k = Number.NaN] = numbersIn(cond);
  const [n = Number.NaN] = numbersIn(slots.n);
  switch (kind) {
    case "draw": {
      const urn = readUrn(slots.counts);
      if (urn === undefined) return undefined;
      const wanted = sortsIn(event, urn.sorts).sort((a, b) => a - b);
      const told = event.includes(" or ") || event.includes("或") ? 2 : 1;
      const isNot = /^not|^anything but|^不|以外/.test(event);
      return wanted.length === told ? { kind, counts: urn.counts, wanted, isNot } : undefined;
    }
    case "number": {
      const condition = /larger|greater|exceed|^大于|超过/.test(cond)
        ? "more"
        : /smaller|less|below|^小于|不到/.test(cond)
          ? "less"
          : /at least|or more|不小于|至少|达到/.test(cond)
            ? "least"
            : "multiple";
      return { kind, n, condition, k };
    }
    case "coins":
      if (!/head|tail|面/.test(cond)) return undefined;
      return { kind, n, condition: /at least|or more|至少|起码/.test(cond) ? "least" : "exactly", k };
    case "draws":
      return readDraws(slots, event);
    case "dice": {
      const told = numbersIn(slots.dice);
      if (!/sum|total|点数/.test(cond)) return undefined;
      const condition = /least|more|至少|达到/.test(cond)
        ? "least"
        : /most|less|至多|不超过/.test(cond)
          ? "most"
          : "sum";
      return { kind, sides: [told[0] ?? 6, told[1] ?? told[0] ?? 6], condition, k };
    }
    case "trials": {
      const [over = Number.NaN, under = Number.NaN] = numbersIn(slots.p);
      if (!/succe|fail|成功|得手|落空/.test(event) || !(under > 0)) return undefined;
      const some = /at least|or more|至少|起码/.test(event);
      const asked = some ? "some" : /^no |failures|不成功|落空/.test(event) ? "none" : "all";
      const [p, q] = ratio(over, under);
      return p === over ? { kind, over: p, under: q, n, event: asked } : undefined;
    }
    case "totals":
    case "cells":
      return readTable(kind, slots);
    case "test": {
      const [people, share, hits, alarms] = [n, Number(slots.p), Number(slots.s), Number(slots.f)];
      return { kind, people, share, hits, alarms };
    }
  }
}

function readDraws(slots: SlotText, event: string): Draws | undefined {
  const urn = readUrn(slots.counts);
  if (urn === undefined) return undefined;
  const sorts = sortsIn(event, urn.sorts);
  const asked = /first|followed|先|在前/.test(event)
    ? "order"
    : /^one is|either order|^一个|各一/.test(event)
      ? "each"
      : /at least|any |至少|见到/.test(event)
        ? "some"
        : "all";
  if (sorts.length !== (asked === "order" || asked === "each" ? 2 : 1)) return undefined;
  const times = /three|3|三/i.test(slots.k ?? slots.K ?? "") ? 3 : 2;
  if ((/both|两个都/.test(event) && times !== 2) || (/three|三个/.test(event) && times !== 3)) return undefined;
  const isBack = !/without|none|不放回|留在外面/i.test(slots.back ?? "");
  return { kind: "draws", counts: urn.counts, times, isBack, event: asked, sorts };
}

function readTable(kind: "totals" | "cells", slots: SlotText): Probability | undefined {
  const [a, b, c, d, p, q] = ["a", "b", "c", "d", "p", "q"].map((slot) => Number(slots[slot] ?? Number.NaN)) as [
    number,
    ...number[],
  ];
  const cells =
    kind === "totals"
      ? ([
          [a, p! - a],
          [b!, q! - b!],
        ] as const)
      : ([
          [a, c!],
          [b!, d!],
        ] as const);
  const [given, wanted] = [slots.given ?? "", slots.wanted ?? ""].map((text) => text.toLowerCase());
  const names = [slots.A ?? "", slots.B ?? ""].map((name) => name.toLowerCase().replace(/s$/, ""));
  const groupIn = (text: string) => names.findIndex((name) => text.endsWith(name) || text.endsWith(`${name}s`));
  const [ofGiven, ofWanted] = [groupIn(given!), groupIn(wanted!)];
  if (ofGiven >= 0 === ofWanted >= 0) return undefined;
  const told = ofGiven >= 0 ? wanted! : given!;
  const group = Math.max(ofGiven, ofWanted) as 0 | 1;
  const isNot = /\bnot\b|^不/.test(told);
  return { kind, cells, given: ofGiven >= 0 ? "group" : "trait", group, trait: isNot ? 1 : 0 };
}
