// Problems of sets: the elements of a union, intersection, …; the sizes of products and power sets; how many are in one or the other (inclusion and
// exclusion). Owns what a problem is, its answer and its key; knows no words and no trace.

export type Operation = "∪" | "∩" | "\\" | "△";

/** A set by number, or an operation on two. */
export type Expression = number | { readonly op: Operation; readonly left: Expression; readonly right: Expression };

/** Sets of numbers, of letters or of names (both by number), and what is asked of them. */
export interface Elements {
  readonly kind: "elements";
  readonly of: "numbers" | "letters" | "names";
  readonly sets: readonly (readonly number[])[];
  readonly expression: Expression;
}

/** How large the product of two sets or the power set of one is. */
export interface Sizes {
  readonly kind: "sizes";
  readonly sizes: readonly [number] | readonly [number, number];
}

/** How many are in set a, in a and b, in any, in none, in exactly one, at all. */
export type Role = "a" | "b" | "c" | "ab" | "ac" | "bc" | "abc" | "any" | "none" | "one" | "all";

/** A group whose members are counted by sets. */
export interface Counts {
  readonly kind: "counts";
  readonly known: Readonly<Partial<Record<Role, number>>>;
  readonly asked: Role;
}

/** How the sets are called; no part of what is asked. */
interface Called {
  readonly letters: readonly string[];
}

export type Problem = (Elements | Sizes | Counts) & Called;

const NAMES: Readonly<Record<Operation, string>> = {
  "∪": "union",
  "∩": "intersection",
  "\\": "difference",
  "△": "symmetric",
};

/** The members of an expression, in the order in which the reasoning lists them. */
export function members(expression: Expression, sets: Elements["sets"]): number[] {
  if (typeof expression === "number") return [...sets[expression]!];
  const [left, right] = [members(expression.left, sets), members(expression.right, sets)];
  const without = (some: readonly number[], others: readonly number[]) => some.filter((one) => !others.includes(one));
  switch (expression.op) {
    case "∪":
      return [...left, ...without(right, left)];
    case "∩":
      return left.filter((one) => right.includes(one));
    case "\\":
      return without(left, right);
    case "△":
      return [...without(left, right), ...without(right, left)];
  }
}

const TWO: readonly Role[] = ["a", "b"];
const THREE: readonly Role[] = ["a", "b", "c", "ab", "ac", "bc", "abc"];

/** What must be known for each question, with how the answer follows. */
export const QUESTIONS: readonly { readonly asked: Role; readonly known: readonly Role[] }[] = [
  { asked: "any", known: [...TWO, "ab"] },
  { asked: "ab", known: [...TWO, "any"] },
  { asked: "one", known: [...TWO, "ab"] },
  { asked: "none", known: ["all", ...TWO, "ab"] },
  { asked: "ab", known: ["all", ...TWO, "none"] },
  { asked: "any", known: THREE },
  { asked: "none", known: ["all", ...THREE] },
];

/** The question that a problem asks; undefined where other numbers are known. */
export const questionOf = ({ known, asked }: Counts): (typeof QUESTIONS)[number] | undefined =>
  QUESTIONS.find(
    (one) =>
      one.asked === asked &&
      one.known.length === Object.keys(known).length &&
      one.known.every((role) => known[role] !== undefined),
  );

/** How many are in exactly the sets of each bit pattern; undefined where the numbers don't fit together. */
export function regionsOf(problem: Counts): readonly number[] | undefined {
  if (questionOf(problem) === undefined) return undefined;
  const { a = 0, b = 0, c, ab, ac = 0, bc = 0, abc = 0, any, none, all } = problem.known;
  const both = ab ?? a + b - (any ?? all! - none!);
  const regions =
    c === undefined
      ? [0, a - both, b - both, both]
      : [0, a - both - ac + abc, b - both - bc + abc, both - abc, c - ac - bc + abc, ac - abc, bc - abc, abc];
  const total = regions.reduce((sum, one) => sum + one, 0);
  const outside = all === undefined ? 0 : all - total;
  const isWhole = [...regions, outside].every((one) => Number.isSafeInteger(one) && one >= 0);
  return isWhole ? [outside, ...regions.slice(1)] : undefined;
}

/** The answer of a counting problem, from its regions. */
export function countOf(problem: Counts): number {
  const regions = regionsOf(problem)!;
  const inside = regions.slice(1);
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
  if (problem.asked === "none") return regions[0]!;
  if (problem.asked === "ab") return regions[3]!;
  return sum(problem.asked === "one" ? [regions[1]!, regions[2]!] : inside);
}

/** The answer of a size problem. */
export const sizeOf = ({ sizes: [m, n] }: Sizes): number => (n === undefined ? 2 ** m : m * n);

/** The cell of a problem. */
export function cellOf(problem: Problem): string {
  if (problem.kind === "counts") return "counts";
  if (problem.kind === "sizes") return problem.sizes.length === 1 ? "power" : "product";
  const { expression } = problem;
  if (typeof expression === "number") return "nested";
  return typeof expression.left === "number" && typeof expression.right === "number" ? NAMES[expression.op] : "nested";
}

/** Equal for equal problems: names of sets, order of elements and of commuting operands are forgotten. */
export function problemKey(problem: Problem): string {
  if (problem.kind === "sizes") return `${cellOf(problem)} ${[...problem.sizes].sort((p, q) => p - q).join(" ")}`;
  if (problem.kind === "counts") return countsKey(problem);
  const write = (expression: Expression): string => {
    if (typeof expression === "number") return `{${[...problem.sets[expression]!].sort((p, q) => p - q).join(",")}}`;
    const sides = [write(expression.left), write(expression.right)];
    if (expression.op !== "\\") sides.sort();
    return `(${sides.join(expression.op)})`;
  };
  return `${problem.of} ${write(problem.expression)}`;
}

/** The smallest of the ways to name the sets. */
function countsKey({ known, asked }: Counts): string {
  const count = known.c === undefined ? 2 : 3;
  const orders = count === 2 ? ["ab", "ba"] : ["abc", "acb", "bac", "bca", "cab", "cba"];
  const texts = orders.map((order) => {
    const rename = (role: string) =>
      /^[abc]+$/.test(role)
        ? [...role]
            .map((x) => order["abc".indexOf(x)])
            .sort()
            .join("")
        : role;
    return Object.entries(known)
      .map(([role, number]) => `${rename(role)}=${number}`)
      .sort()
      .join(" ");
  });
  return `${asked}: ${texts.sort()[0]}`;
}
