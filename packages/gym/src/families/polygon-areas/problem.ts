// What a problem of areas and perimeters is, and its answer. Knows no wordings and no trace.

/** A point with whole coordinates. */
export type Point = readonly [x: number, y: number];

/** `polygon`: the area of a polygon, its corners in order. `outline`: the perimeter of one whose sides are parallel to the axes. */
export interface Corners {
  readonly kind: "polygon" | "outline";
  readonly corners: readonly Point[];
}

/** A rectangle in words: its `area` or `perimeter` from both sides; the other `side` from the area, the first number, and one side. */
export interface Rectangle {
  readonly kind: "area" | "perimeter" | "side";
  readonly sides: readonly [number, number];
}

export type Shape = Corners | Rectangle;
export type Kind = Shape["kind"];

export const isCorners = (shape: Shape): shape is Corners => "corners" in shape;

/** Each corner with the one after it, the last with the first. */
export const edgesOf = ({ corners }: Corners): (readonly [Point, Point])[] =>
  corners.map((corner, i) => [corner, corners[(i + 1) % corners.length]!]);

/** x·v - u·y of corners (x, y) and (u, v): twice the signed area of their triangle with the origin. */
export const cross = ([[x, y], [u, v]]: readonly [Point, Point]): number => x * v - u * y;

/** The length of an edge that is parallel to an axis. */
export const lengthOf = ([[x, y], [u, v]]: readonly [Point, Point]): number => Math.abs(x - u) + Math.abs(y - v);

export const sum = (numbers: readonly number[]): number => numbers.reduce((x, y) => x + y, 0);

/** Twice the area, with the sign of the order of the corners. */
export const twice = (shape: Corners): number => sum(edgesOf(shape).map(cross));

/** The answer: whole, or over 2. */
export function answerOf(shape: Shape): string {
  if (isCorners(shape)) {
    if (shape.kind === "outline") return String(sum(edgesOf(shape).map(lengthOf)));
    const double = Math.abs(twice(shape));
    return double % 2 === 0 ? String(double / 2) : `${double}/2`;
  }
  const [a, b] = shape.sides;
  return String(shape.kind === "area" ? a * b : shape.kind === "perimeter" ? 2 * (a + b) : a / b);
}

/** On which side of the line from p to q a point lies. */
const side = (p: Point, q: Point, r: Point): number =>
  Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));

/** Whether a point on the line through p and q lies between them. */
const between = (p: Point, q: Point, r: Point): boolean =>
  [0, 1].every((i) => Math.min(p[i]!, q[i]!) <= r[i]! && r[i]! <= Math.max(p[i]!, q[i]!));

/** Whether two edges have a point in common. */
function meet([p, q]: readonly [Point, Point], [r, s]: readonly [Point, Point]): boolean {
  const [a, b, c, d] = [side(p, q, r), side(p, q, s), side(r, s, p), side(r, s, q)];
  if (a !== b && c !== d) return true;
  return (
    (a === 0 && between(p, q, r)) ||
    (b === 0 && between(p, q, s)) ||
    (c === 0 && between(r, s, p)) ||
    (d === 0 && between(r, s, q))
  );
}

/** Whether no edge touches another one than at the corner that they share. */
export function isSimple(shape: Corners): boolean {
  const edges = edgesOf(shape);
  const n = edges.length;
  return edges.every(([p, q], i) => {
    const [next, after] = edges[(i + 1) % n]!;
    if (side(p, q, after) === 0) return false; // three corners in a row: a corner that is none, or an edge that turns back
    return (
      edges.every((other, j) => j === i || (j + 1) % n === i || (i + 1) % n === j || !meet([p, q], other)) && next === q
    );
  });
}

/** Whether the shape has an area, and sides as its kind needs them. */
export function isProblem(shape: Shape): boolean {
  if (!isCorners(shape)) {
    const [a, b] = shape.sides;
    return (
      Number.isInteger(a) &&
      Number.isInteger(b) &&
      a > 0 &&
      b > 0 &&
      a < 100_000 &&
      Number.isInteger(Number(answerOf(shape)))
    );
  }
  const { corners, kind } = shape;
  if (corners.length < 3 || corners.length > 8 || corners.flat().some((n) => Math.abs(n) > 999)) return false;
  if (kind === "outline" && !edgesOf(shape).every(([p, q]) => (p[0] === q[0]) !== (p[1] === q[1]))) return false;
  return isSimple(shape);
}

/** The same from whichever corner one goes around, and in which direction. */
export function keyOf(shape: Shape): string {
  if (!isCorners(shape)) {
    const sides = shape.kind === "side" ? shape.sides : [...shape.sides].sort((a, b) => a - b);
    return `${shape.kind} ${sides.join(" ")}`;
  }
  const texts = shape.corners.map((corner) => corner.join(","));
  const turns = [texts, [...texts].reverse()].flatMap((list) =>
    list.map((_, i) => [...list.slice(i), ...list.slice(0, i)].join(" ")),
  );
  return `${shape.kind} ${turns.sort()[0]}`;
}
