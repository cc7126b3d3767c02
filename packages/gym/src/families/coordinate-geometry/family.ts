// Coordinate geometry: midpoints, slopes, distances, lines, where lines meet, points on circles. Owns levels, drawing and the entry;
// problem.ts says what a problem is, trace.ts reasons, checker.ts judges, wordings.ts asks.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { checkerWith } from "./checker.ts";
import { answerOf, type Geometry, isProblem, type Kind, lineOf, meeting, squareOf } from "./problem.ts";
import { trace } from "./trace.ts";
import { geometryPhrasings, readGeometry } from "./wordings.ts";

/** By level: kinds, the least and the largest coordinate. */
const LEVELS = [
  { kinds: ["midpoint", "slope", "squared"], least: 0, most: 9 },
  { kinds: ["midpoint", "slope", "distance", "line"], least: -9, most: 9 },
  { kinds: ["distance", "line", "intersection", "circle"], least: -12, most: 12 },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];
type Limit = (typeof LEVELS)[number];

const CELLS: Readonly<Record<Kind, string>> = {
  midpoint: "midpoint",
  slope: "slope",
  squared: "squared distance",
  distance: "distance",
  line: "line through two points",
  intersection: "intersection of lines",
  circle: "point on a circle",
};

/** Squares of distances stay below this, and so do their parts. */
const LARGEST = 1000;

function draw(random: Random, level: number): Geometry {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<Kind>(limit.kinds);
  // Half of the points are on their circle.
  const isOn = random.chance(0.5);
  for (;;) {
    const problem = attempt(random, kind, limit);
    if (isProblem(problem) && isWanted(problem, level, isOn)) return problem;
  }
}

function isWanted(problem: Geometry, level: number, isOn: boolean): boolean {
  const { kind, p, q } = problem;
  switch (kind) {
    case "midpoint":
      return level > 1 || ((p[0] + q[0]) % 2 === 0 && (p[1] + q[1]) % 2 === 0);
    case "slope":
      return level > 1 || Number.isInteger((q[1] - p[1]) / (q[0] - p[0]));
    case "line": {
      if (p[0] === q[0]) return true;
      const { m, b } = lineOf(problem);
      return m[1] <= (level < 3 ? 1 : 6) && Math.abs(b[0]) < 100;
    }
    case "intersection":
      return meeting(problem).every(([over, under]) => under === 1 && Math.abs(over) < 60);
    case "circle":
      return squareOf(problem) < LARGEST && (answerOf(problem) === "yes") === isOn;
    default:
      return squareOf(problem) < LARGEST;
  }
}

/** Whole sides of right triangles, for points on circles. */
const TRIPLES = [
  [3, 4, 5],
  [6, 8, 10],
  [5, 12, 13],
  [8, 15, 17],
  [9, 12, 15],
  [0, 7, 7],
] as const;

function attempt(random: Random, kind: Kind, { least, most }: Limit): Geometry {
  const point = () => [random.int(least, most), random.int(least, most)] as const;
  const sign = () => (random.chance(0.5) ? 1 : -1);
  const p = point();
  if (kind === "intersection") {
    const slopes = () => [random.int(-6, 6), random.int(least, most)] as const;
    return { kind, p: slopes(), q: slopes(), radius: 0 };
  }
  if (kind !== "circle") return { kind, p, q: point(), radius: 0 };
  const [a, b, radius] = random.pick<readonly [number, number, number]>(TRIPLES);
  const [dx, dy] = random.chance(0.5) ? [a, b] : [b, a];
  const off = random.int(-1, 1);
  return { kind, p, q: [p[0] + sign() * dx, p[1] + sign() * (dy + off)], radius };
}

const pointKey = (point: readonly number[]): string => point.join(",");

/** Coordinate geometry; at the default level midpoints, slopes, distances and lines. */
export const coordinateGeometry: Family<Geometry> = {
  id: "coordinate-geometry",
  area: "geometry",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds.map((kind) => CELLS[kind]),
  draw,
  key({ kind, p, q, radius }) {
    if (kind === "circle") return `circle ${pointKey(p)} radius ${radius} and ${pointKey(q)}`;
    return `${kind} ${[pointKey(p), pointKey(q)].sort().join(" ")}`;
  },
  cell: ({ kind }) => CELLS[kind],
  trace,
  answer(problem, language) {
    const answer = answerOf(problem);
    return problem.kind === "circle" && language === "zh" ? { yes: "是", no: "否" }[answer]! : answer;
  },
  verifier: ({ kind }) =>
    kind === "circle"
      ? { kind: "choice" }
      : kind === "line"
        ? { kind: "relation", task: "coordinate-geometry" }
        : { kind: kind === "midpoint" || kind === "intersection" ? "tuple" : "expression" },
  vocabulary: [
    ..."2 4 9 25 49 121 169 289 361 3 5 7".split(" "),
    ...["gcd", "dx", "dy", "m", "b", "x", "y", "d", "square", "sqrt", "line", "yes", "no", "是", "否"],
  ],
  phrasings: geometryPhrasings,
  leastWordings: 8,
  checker: checkerWith(readGeometry),
  proofs: MATHEMATICAL_PROOFS,
};
