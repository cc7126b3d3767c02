// Towns and the roads between them, each with its length. Owns the problem as data, Dijkstra's algorithm, the key, and drawing; knows no words.

import { permutations } from "../../permutations.ts";
import type { Random } from "../../random.ts";

/** Two towns and the length of the road between them, which goes both ways. */
export type Road = readonly [string, string, number];

export interface Problem {
  readonly ask: "length" | "route";
  /** In the order in which they are told. */
  readonly roads: readonly Road[];
  readonly from: string;
  readonly to: string;
}

export const townsOf = ({ roads, from, to }: Problem): string[] =>
  [...new Set([...roads.flatMap((road) => road.slice(0, 2) as string[]), from, to])].sort();

/** The towns beside a town with the lengths of the roads, in the order of the roads. */
export const besides = (roads: readonly Road[], town: string): [string, number][] =>
  roads.flatMap(([a, b, length]): [string, number][] => (a === town ? [[b, length]] : b === town ? [[a, length]] : []));

/** A town that waits: the shortest way known so far, and the town before it on that way. */
export interface Entry {
  readonly town: string;
  readonly length: number;
  readonly via: string | undefined;
}

/** A town that is done: its roads, with what they were before (undefined for a new town, `done` for one that needs nothing). */
export interface Visit {
  readonly entry: Entry;
  readonly roads: readonly {
    readonly town: string;
    readonly road: number;
    readonly before: number | undefined | "done";
  }[];
  /** The towns that wait after it, the nearest first. */
  readonly table: readonly Entry[];
}

export interface Search {
  readonly visits: readonly Visit[];
  /** Entries of the towns of a shortest way, from the start to the goal; undefined where there is none. */
  readonly way: readonly Entry[] | undefined;
}

/** Dijkstra's algorithm up to the goal. Of towns that are equally near, the one that came first is taken. */
export function search({ roads, from, to }: Problem): Search {
  let table: Entry[] = [{ town: from, length: 0, via: undefined }];
  const done = new Map<string, Entry>();
  const visits: Visit[] = [];
  for (let entry = table.shift(); entry !== undefined; entry = table.shift()) {
    done.set(entry.town, entry);
    if (entry.town === to) return { visits, way: wayTo(entry, done) };
    const { town: via, length } = entry;
    const seen = besides(roads, via).map(([town, road]) => {
      const before = done.has(town) ? ("done" as const) : table.find((known) => known.town === town)?.length;
      if (before !== "done" && (before === undefined || length + road < before)) {
        const better = { town, length: length + road, via };
        table =
          before === undefined ? [...table, better] : table.map((known) => (known.town === town ? better : known));
      }
      return { town, road, before };
    });
    table.sort((a, b) => a.length - b.length);
    visits.push({ entry, roads: seen, table: [...table] });
  }
  return { visits, way: undefined };
}

function wayTo(goal: Entry, done: ReadonlyMap<string, Entry>): Entry[] {
  const before = goal.via === undefined ? undefined : done.get(goal.via);
  return before === undefined ? [goal] : [...wayTo(before, done), goal];
}

/** The length of a way, or the first two towns of it that no road joins. */
export function lengthOf(roads: readonly Road[], way: readonly string[]): number | readonly [string, string] {
  let length = 0;
  for (const [i, town] of way.slice(1).entries()) {
    const all = besides(roads, way[i]!).filter(([other]) => other === town);
    if (all.length === 0) return [way[i]!, town];
    length += Math.min(...all.map(([, road]) => road));
  }
  return length;
}

const MOST_TOWNS = 10;

/** Whether the roads make a problem: each joins two towns, none twice. */
export function isProblem(problem: Problem): boolean {
  const { roads, from, to } = problem;
  const pairs = new Set(roads.map(([a, b]) => [a, b].sort().join("")));
  const isPlain = pairs.size === roads.length && roads.every(([a, b, length]) => a !== b && length > 0);
  return isPlain && roads.length >= 2 && from !== to && townsOf(problem).length <= MOST_TOWNS;
}

/** By level: towns, roads, the longest road, the fewest roads of the shortest way, what is asked. */
const LEVELS = [
  { towns: 4, roads: [4, 5], longest: 9, fewest: 2, asks: ["length"] },
  { towns: 5, roads: [6, 7], longest: 15, fewest: 2, asks: ["length", "route"] },
  { towns: 7, roads: [9, 11], longest: 30, fewest: 3, asks: ["length", "route"] },
] as const;

export const ROAD_LEVELS = LEVELS.length;
export const cellsOf = (level: number): readonly string[] => LEVELS[level - 1]!.asks;

/** Most maps have the letters from A on, some others. */
const LETTERS = [..."ABCDEFGHKLMNPQRSTUVWXYZ"];

export function drawProblem(random: Random, level: number): Problem {
  const { towns: count, roads: sizes, longest, fewest, asks } = LEVELS[level - 1]!;
  const ask = random.pick<"length" | "route">(asks);
  const letters = random.chance(0.6) ? LETTERS.slice(0, count) : random.shuffle(LETTERS).slice(0, count);
  for (;;) {
    const size = random.int(sizes[0], sizes[1]);
    const pairs = letters.flatMap((a, i) => letters.slice(i + 1).map((b) => [a, b] as const));
    const roads = random
      .shuffle(pairs)
      .slice(0, size)
      .map(([a, b]): Road => (random.chance(0.5) ? [a, b, random.int(1, longest)] : [b, a, random.int(1, longest)]));
    const [from, to] = random.shuffle(letters) as [string, string];
    const problem = { ask, roads, from, to };
    const isWhole = townsOf({ ...problem, to: from }).length === count;
    const { way } = search(problem);
    if (isWhole && way !== undefined && way.length > fewest && besides(roads, from).length > 1) return problem;
  }
}

/** Equal for equal problems: names, directions and the order of roads are forgotten. */
export function problemKey(problem: Problem): string {
  const { ask, roads, from, to } = problem;
  const others = townsOf(problem).filter((town) => town !== from && town !== to);
  const texts = permutations(others).map((order) => {
    const place = new Map([from, to, ...order].map((town, i) => [town, i + 1]));
    const told = roads.map(([a, b, length]) => {
      const ends = [place.get(a)!, place.get(b)!].sort((x, y) => x - y);
      return `${ends.join("-")}:${length}`;
    });
    return told.sort().join(" ");
  });
  return `${ask} ${texts.sort()[0]}`;
}
