// Arithmetic expressions of whole numbers. Owns their exact value, the numbers that they use, writing and reading; knows no puzzle.

export type Operator = "+" | "-" | "*" | "/";

export type Expression = number | { readonly op: Operator; readonly left: Expression; readonly right: Expression };

/** A fraction in lowest terms, its denominator positive. */
export interface Fraction {
  readonly n: number;
  readonly d: number;
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

function fraction(n: number, d: number): Fraction | undefined {
  if (d === 0 || !Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return undefined;
  const by = gcd(n, d) * Math.sign(d);
  return { n: n / by, d: d / by };
}

/** The exact value; undefined after a division by zero or beyond 2^53. */
export function valueIn(expression: Expression): Fraction | undefined {
  if (typeof expression === "number") return { n: expression, d: 1 };
  const [a, b] = [valueIn(expression.left), valueIn(expression.right)];
  if (a === undefined || b === undefined) return undefined;
  switch (expression.op) {
    case "+":
      return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
    case "-":
      return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
    case "*":
      return fraction(a.n * b.n, a.d * b.d);
    case "/":
      return fraction(a.n * b.d, a.d * b.n);
  }
}

/** The numbers of an expression, from left to right. */
export const numbersOf = (expression: Expression): number[] =>
  typeof expression === "number" ? [expression] : [...numbersOf(expression.left), ...numbersOf(expression.right)];

const RANK: Readonly<Record<Operator, number>> = { "+": 1, "-": 1, "*": 2, "/": 2 };

/** An expression with no more brackets than it needs. */
export function write(expression: Expression): string {
  if (typeof expression === "number") return String(expression);
  const { op, left, right } = expression;
  const rank = RANK[op];
  const side = (part: Expression, least: number) => {
    const text = write(part);
    return typeof part !== "number" && RANK[part.op] < least ? `(${text})` : text;
  };
  return side(left, rank) + op + side(right, op === "-" || op === "/" ? rank + 1 : rank);
}

const LONGEST = 200;
const DEEPEST = 30;

/** Reads an expression, also in LaTeX; undefined where it isn't one of whole numbers. */
export function read(text: string): Expression | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text
    .replace(/\\(?:times|cdot)|[×·∗]/g, "*")
    .replace(/\\div|÷/g, "/")
    .replace(/\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "(($1)/($2))")
    .replace(/\\left|\\right|\\[,; ]/g, "")
    .replace(/[−–]/g, "-")
    .replace(/[[{（]/g, "(")
    .replace(/[\]}）]/g, ")")
    .replace(/\s+/g, "");
  const tokens = plain.match(/\d{1,9}|[-+*/()]/g) ?? [];
  if (tokens.join("") !== plain) return undefined;
  let at = 0;
  const level = (rank: 1 | 2, depth: number): Expression | undefined => {
    const part = () => (rank === 1 ? level(2, depth) : atom(depth));
    let left = part();
    while (left !== undefined && RANK[tokens[at] as Operator] === rank) {
      const op = tokens[at++] as Operator;
      const right = part();
      left = right === undefined ? undefined : { op, left, right };
    }
    return left;
  };
  const atom = (depth: number): Expression | undefined => {
    const token = tokens[at++] ?? "";
    if (/^\d/.test(token)) return Number(token);
    if (token !== "(" || depth > DEEPEST) return undefined;
    const inner = level(1, depth + 1);
    return tokens[at++] === ")" ? inner : undefined;
  };
  const expression = level(1, 0);
  return at === tokens.length ? expression : undefined;
}
