// How coordinate geometry is asked, and how such a question is read back: two points and a word for what is asked, or two lines by slope and
// y-intercept. The texts stand in english.ts and chinese.ts.
//
// Slots: {p} {q} the points, sometimes with a name; {r} a radius; {m} {b} the slope and y-intercept of a line, {n} {c} those of the other.

import type { Language } from "@lemma/protocol";
import { kindMatcher, kindPhrasings } from "../../kind-wordings.ts";
import type { Matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import type { Slots } from "../../template.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type Geometry, isProblem, type Kind, type Point } from "./problem.ts";

const TEXTS = { en: ENGLISH, zh: CHINESE };

function slotsFor(problem: Geometry, _: Language, random: Random): Slots {
  const { p, q, radius } = problem;
  const comma = random.pick([", ", ","]);
  const [first, second] = random.pick([
    ["", ""],
    ["", ""],
    ["A", "B"],
    ["P", "Q"],
  ] as const);
  const point = (name: string, at: Point) => `${name}(${at.join(comma)})`;
  const [m, b, n, c] = [...p, ...q].map(String);
  return { p: point(first, p), q: point(second, q), r: String(radius), m: m!, b: b!, n: n!, c: c! };
}

/** The wordings of the family, by language. */
export const geometryPhrasings = kindPhrasings<Geometry, Kind>(TEXTS, ({ kind }) => kind, slotsFor);

const POINT = /\( ?(-?\d{1,3}) ?[,，;] ?(-?\d{1,3}) ?\)/g;

/** What is asked of two points, by the first of these that the question names. */
const ASKS: readonly (readonly [TwoPointKind, RegExp])[] = [
  ["midpoint", /midpoint|mid-point|halfway|中点|正中/i],
  ["slope", /slope|gradient|steep|斜率|陡/i],
  ["squared", /squared? distance|distance squared|square of (?:the|their|its) distance|距离的?平方/i],
  ["distance", /distance|far|apart|length|how long|距离|多远|相距|长度|多长/i],
  ["line", /\bline\b|equation|直线|方程/i],
];
type TwoPointKind = Exclude<Kind, "intersection" | "circle">;

let readLines: Matcher<"intersection"> | undefined;

/** Two lines by their slopes and y-intercepts, as the wordings say them. */
function twoLines(question: string): Geometry | undefined {
  const number = "-?\\d{1,3}";
  const only = ({ heldOut, trained }: typeof ENGLISH) => ({
    heldOut: { intersection: heldOut.intersection },
    trained: { intersection: trained.intersection },
  });
  readLines ??= kindMatcher<"intersection">(
    { en: only(ENGLISH), zh: only(CHINESE) },
    { m: number, b: number, n: number, c: number },
  );
  const slots = readLines(question)?.slots;
  if (slots === undefined) return undefined;
  const [m, b, n, c] = ["m", "b", "n", "c"].map((slot) => Number(slots[slot]));
  return { kind: "intersection", p: [m!, b!], q: [n!, c!], radius: 0 };
}

/** Reads a problem from a question with exactly two points, or two lines. */
export function readGeometry(text: string): Geometry | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const points = [...question.matchAll(POINT)].map((found) => [Number(found[1]), Number(found[2])] as const);
  let problem: Geometry | undefined;
  if (points.length === 0) problem = /slope|斜率|gradient/i.test(question) ? twoLines(question) : undefined;
  else if (points.length === 2) {
    const [p, q] = points as [Point, Point];
    if (/circle|圆/i.test(question)) {
      const radius = /radius(?: of| is|:)? ?(\d{1,3})(?!\d)|半径(?:为|是|：|:)? ?(\d{1,3})(?!\d)/i.exec(question);
      if (radius !== null) problem = { kind: "circle", p, q, radius: Number(radius[1] ?? radius[2]) };
    } else {
      const kind = ASKS.find(([, words]) => words.test(question))?.[0];
      if (kind !== undefined) problem = { kind, p, q, radius: 0 };
    }
  }
  return problem !== undefined && isProblem(problem) ? problem : undefined;
}
