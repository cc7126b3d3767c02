// Dijkstra's algorithm in lines. Owns their notation; must not know wordings.
//
//   A-B 4: A[B 4], B[A 4]              each road: the list of what lies beside its ends, grown by one
//   A-C 2: A[B 4, C 2], C[A 2]
//   table: A 0                         the towns that wait, the nearest first
//   A 0: B 0+4=4, C 0+2=2              the nearest is done: its roads, added to its own length
//   table: C 2 via A, B 4 via A
//   C 2: A done, B 2+1=3<4             a shorter way than the one known (or `>=`: none)
//   table: B 3 via C
//   length: 3                          where the length is asked: that of the goal, now the nearest
//   back: B via C, C via A             else the towns from the goal back to the start
//   found: none                        after `table: none`: there is no way

import type { Language } from "@lemma/protocol";
import { besides, type Entry, type Problem, search, type Visit } from "./roads.ts";

/** The words of the lines. */
export const WORDS = {
  en: { table: "table", done: "done", via: "via", length: "length", back: "back", found: "found", none: "none" },
  zh: { table: "表", done: "已定", via: "经", length: "长度", back: "回溯", found: "找到", none: "无" },
} as const;

/** Everything that lines and answers have beside letters and numbers. */
export const ROAD_VOCABULARY: readonly string[] = [
  ...Object.values(WORDS.en),
  ...Object.values(WORDS.zh),
  "impossible",
  "不可能",
];

const writeList = (roads: Problem["roads"], town: string): string =>
  `${town}[${besides(roads, town)
    .map(([other, length]) => `${other} ${length}`)
    .join(", ")}]`;

/** The n-th road with the lists of its ends so far. */
export function writeRoad({ roads }: Problem, n: number): string {
  const [a, b, length] = roads[n]!;
  const told = roads.slice(0, n + 1);
  return `${a}-${b} ${length}: ${writeList(told, a)}, ${writeList(told, b)}`;
}

const writeEntry = ({ town, length, via }: Entry, language: Language): string =>
  `${town} ${length}${via === undefined ? "" : ` ${WORDS[language].via} ${via}`}`;

export const writeTable = (table: readonly Entry[], language: Language): string =>
  `${WORDS[language].table}: ${table.map((entry) => writeEntry(entry, language)).join(", ") || WORDS[language].none}`;

/** What a visit finds, road by road. */
export function writeVisit({ entry: { town, length }, roads }: Visit, language: Language): string {
  const parts = roads.map(({ town: other, road, before }) => {
    if (before === "done") return `${other} ${WORDS[language].done}`;
    const sum = length + road;
    const compared = before === undefined ? "" : `${sum < before ? "<" : ">="}${before}`;
    return `${other} ${length}+${road}=${sum}${compared}`;
  });
  return `${town} ${length}: ${parts.join(", ") || WORDS[language].none}`;
}

export const writeBack = (way: readonly Entry[], language: Language): string =>
  way
    .slice(1)
    .reverse()
    .map(({ town, via }) => `${town} ${WORDS[language].via} ${via}`)
    .join(", ");

export function writeTrace(problem: Problem, language: Language): string[] {
  const { visits, way } = search(problem);
  const { length, back, found, none } = WORDS[language];
  const end = way === undefined ? `${found}: ${none}` : `${back}: ${writeBack(way, language)}`;
  return [
    ...problem.roads.map((_, n) => writeRoad(problem, n)),
    writeTable([{ town: problem.from, length: 0, via: undefined }], language),
    ...visits.flatMap((visit) => [writeVisit(visit, language), writeTable(visit.table, language)]),
    way !== undefined && problem.ask === "length" ? `${length}: ${way.at(-1)!.length}` : end,
  ];
}
