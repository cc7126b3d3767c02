// Reads counted groups from texts: how many are in a set, in two, in none, and which of these is asked. Owns that reading for both languages.

import { type Counts, type Problem, questionOf, type Role, regionsOf } from "./problem.ts";

const LARGEST = 9999;

const VERB_EN = "(?:play|like|study|speak|learn|chose|choose|own|have|drink|eat)s?";
const TOPIC = "(?!(?:both|all|neither|none|nothing|something|at|exactly|only|just|a|the)\\b)[A-Za-z]+";
const TAIL_EN = `(both|all three|the lot|neither|none of them|none|nothing|something|at least one(?: of them)?|exactly one(?: of them)?|just one|only one|a single thing|${TOPIC} (?:and|plus) ${TOPIC}|${TOPIC})`;
const FACT_EN = new RegExp(
  `(?<![\\d.])(\\d{1,4})(?: (?:people|children|pupils|students|of them|of these))? ${VERB_EN} ${TAIL_EN}(?![A-Za-z])`,
  "gi",
);
const ASK_EN = new RegExp(
  `how many(?: (?:people|children|pupils|students|of them|do|of these))? ${VERB_EN} ${TAIL_EN}(?![A-Za-z])`,
  "gi",
);
const ALL_EN =
  /there are (\d{1,4}) (?:people|children|pupils|students)|(\d{1,4}) took part|(?:class|group|club|team) of (\d{1,4})/gi;
const ROLES_EN: readonly (readonly [RegExp, Role])[] = [
  [/^both$/i, "ab"],
  [/^(?:all three|the lot)$/i, "abc"],
  [/^(?:neither|none|none of them|nothing)$/i, "none"],
  [/^(?:something|at least one)/i, "any"],
  [/^(?:exactly one|just one|only one|a single thing)/i, "one"],
];

const VERB_ZH = "(?:喜欢|爱喝|在学|会说|会|学|选了)";
const THING_ZH = "((?:(?![都不又加既的人，。；])\\p{Script=Han}){1,3})";
const FACTS_ZH: readonly (readonly [string, Role | "single" | "pair"])[] = [
  [`[两二]样都${VERB_ZH}`, "ab"],
  [`三样都${VERB_ZH}`, "abc"],
  ["全选了", "abc"],
  [`(?:[两二三]样都不|一样也不|都不)${VERB_ZH}`, "none"],
  ["啥都没选", "none"],
  [`至少${VERB_ZH}一样`, "any"],
  ["选过", "any"],
  [`[只仅]${VERB_ZH}一样`, "one"],
  ["单选其一", "one"],
  [`既${VERB_ZH}${THING_ZH}又${VERB_ZH}${THING_ZH}`, "pair"],
  [`选了${THING_ZH}加${THING_ZH}`, "pair"],
  [`${VERB_ZH}${THING_ZH}`, "single"],
];
const ALL_ZH = /(?:一共有|共有|总共)(\d{1,4})人|总人数为(\d{1,4})/g;

/** The roles of named things: the first is in set a. */
class Things {
  readonly #names: string[] = [];

  role(name: string): string {
    const key = name.toLowerCase();
    if (!this.#names.includes(key)) this.#names.push(key);
    return "abcd"[Math.min(this.#names.indexOf(key), 3)]!;
  }

  pair(first: string, second: string): Role {
    return [this.role(first), this.role(second)].sort().join("") as Role;
  }
}

/** All that a text says of counted groups: roles with numbers, and roles that are asked. */
interface Told {
  readonly known: (readonly [Role, number])[];
  readonly asked: Role[];
}

function toldEn(text: string): Told {
  const things = new Things();
  const role = (tail: string): Role => {
    const [, first, second] = /^(\w+) (?:and|plus) (\w+)$/.exec(tail) ?? [];
    const known = ROLES_EN.find(([regex]) => regex.test(tail))?.[1];
    return known ?? (first === undefined ? (things.role(tail) as Role) : things.pair(first, second!));
  };
  const known = [...text.matchAll(FACT_EN)].map(([, n, tail = ""]) => [role(tail), Number(n)] as const);
  const all = [...text.matchAll(ALL_EN)].map(([, ...ns]) => ["all", Number(ns.find((n) => n !== undefined))] as const);
  return { known: [...known, ...all], asked: [...text.matchAll(ASK_EN)].map(([, tail = ""]) => role(tail)) };
}

const PATTERNS_ZH = FACTS_ZH.map(([text, kind]) => ({ kind, regex: new RegExp(`^${text}$`, "u") }));

function toldZh(text: string): Told {
  const things = new Things();
  const known: (readonly [Role, number])[] = [];
  const asked: Role[] = [];
  const take = (clause: string): Role | undefined => {
    for (const { kind, regex } of PATTERNS_ZH) {
      const match = regex.exec(clause);
      if (match === null) continue;
      const [, first = "", second = ""] = match;
      return kind === "single" ? (things.role(first) as Role) : kind === "pair" ? things.pair(first, second) : kind;
    }
    return undefined;
  };
  for (const clause of text.replace(/[^\S\n]/g, "").split(/[\n，。；：！？,;:!?]/)) {
    const [, n, said] = /^.{0,6}?(\d{1,4})[人名]?(.{2,14})$/u.exec(clause) ?? [];
    const fact = said === undefined ? undefined : take(said);
    if (fact !== undefined) known.push([fact, Number(n)]);
    const ask = /^(?:那么|问题|问)?(.{2,12})的(?:有多少人|有几人|是几人|人数是多少)$/u.exec(clause)?.[1];
    const wanted = ask === undefined ? undefined : take(ask);
    if (wanted !== undefined) asked.push(wanted);
  }
  for (const [, ...ns] of text.replace(/\s/g, "").matchAll(ALL_ZH))
    known.push(["all", Number(ns.find((n) => n !== undefined))]);
  return { known, asked };
}

/** Reads a problem of counts; undefined where a text has none, or its numbers do not fit together. */
export function readCounts(text: string): Problem | undefined {
  const { known, asked } = /\p{Script=Han}/u.test(text) ? toldZh(text) : toldEn(text);
  const [wanted] = asked;
  if (asked.length !== 1 || wanted === undefined || new Set(known.map(([role]) => role)).size < known.length)
    return undefined;
  const problem: Counts = { kind: "counts", known: Object.fromEntries(known), asked: wanted };
  const isFit =
    questionOf(problem) !== undefined && known.every(([, n]) => n <= LARGEST) && regionsOf(problem) !== undefined;
  return isFit ? { ...problem, letters: [] } : undefined;
}
