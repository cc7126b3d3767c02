// How areas and perimeters are asked, and how such a question is read back: three or more points in order and a word for what is asked, or a
// rectangle in words. The texts stand in english.ts and chinese.ts. Slots: {shape} {points}, or {a} {b} the numbers of a rectangle.

import type { Language } from "@lemma/protocol";
import { type KindTexts, kindMatcher, kindPhrasings } from "../../kind-wordings.ts";
import type { Matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import type { Slots } from "../../template.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { isCorners, isProblem, type Kind, type Rectangle, type Shape } from "./problem.ts";

const TEXTS = { en: ENGLISH, zh: CHINESE };

/** By the number of corners, from three on. */
const SHAPES = {
  en: ["triangle", "quadrilateral", "pentagon", "hexagon"],
  zh: ["三角形", "四边形", "五边形", "六边形"],
} as const;

function slotsFor(shape: Shape, language: Language, random: Random): Slots {
  if (!isCorners(shape)) return { a: String(shape.sides[0]), b: String(shape.sides[1]) };
  const comma = random.pick([", ", ","]);
  const points = shape.corners.map((corner) => `(${corner.join(comma)})`);
  const [between, and] = language === "en" ? [", ", " and "] : ["、", "和"];
  const listed = random.chance(0.6) ? points.slice(0, -1).join(between) + and + points.at(-1) : points.join(between);
  return { points: listed, shape: SHAPES[language][shape.corners.length - 3]! };
}

/** The wordings of the family, by language. */
export const polygonPhrasings = kindPhrasings<Shape, Kind>(TEXTS, ({ kind }) => kind, slotsFor);

const POINT = /\( ?(-?\d{1,3}) ?[,，;] ?(-?\d{1,3}) ?\)/g;

type RectangleKind = Rectangle["kind"];
const rectangles = ({ heldOut, trained }: KindTexts<Kind>): KindTexts<RectangleKind> => ({
  heldOut: { area: heldOut.area, perimeter: heldOut.perimeter, side: heldOut.side },
  trained: { area: trained.area, perimeter: trained.perimeter, side: trained.side },
});

/** Forms that people type, and no wording has. */
const TYPED: readonly (readonly [RectangleKind, string])[] = [
  ["area", "area of a {a} by {b} rectangle"],
  ["perimeter", "perimeter of a {a} by {b} rectangle"],
];

let readRectangle: Matcher<RectangleKind> | undefined;

/** Reads a problem from a question; undefined where the corners make no polygon. */
export function readShape(text: string): Shape | undefined {
  const question = questionText(text);
  if (question === undefined || !/area|perimeter|rectang|周长|面积|长方形|矩形/i.test(question)) return undefined;
  const corners = [...question.matchAll(POINT)].map((found) => [Number(found[1]), Number(found[2])] as const);
  let shape: Shape | undefined;
  if (corners.length >= 3) {
    if (/perimeter|周长/i.test(question)) shape = { kind: "outline", corners };
    else if (/area|面积/i.test(question)) shape = { kind: "polygon", corners };
  } else if (corners.length === 0) {
    readRectangle ??= kindMatcher(
      { en: rectangles(ENGLISH), zh: rectangles(CHINESE) },
      { a: "\\d{1,5}", b: "\\d{1,5}" },
      TYPED,
    );
    const found = readRectangle(question);
    if (found !== undefined) shape = { kind: found.tag, sides: [Number(found.slots.a), Number(found.slots.b)] };
  }
  return shape !== undefined && isProblem(shape) ? shape : undefined;
}
