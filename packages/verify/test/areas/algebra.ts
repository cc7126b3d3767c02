// Linear systems, inequalities, sets, tuples and matrices, with solutions that the generator knows.

import type { TestRandom } from "../random.ts";
import { type Case, type Draw, pair } from "./case.ts";

const NAMES = ["x", "y", "z"];

const side = (row: readonly number[], names: readonly string[]): string =>
  row.map((value, k) => `(${value})*${names[k]}`).join("+");

/** A regular system against its solution or a system of combined rows. */
export const systems: Draw = (random, equal) => {
  const n = random.between(2, 3);
  const names = NAMES.slice(0, n);
  const solution = names.map(() => random.between(-6, 6));
  const row = (): number[] => names.map(() => random.between(-5, 5));
  let rows = names.map(row);
  while (determinant(rows) === 0) rows = names.map(row);
  const right = (values: readonly number[]): number => values.reduce((sum, value, k) => sum + value * solution[k]!, 0);
  const lines = (of: readonly (readonly number[])[], off: number): string[] =>
    of.map((values, k) => `${side(values, names)}=${right(values) + (k === 0 ? off : 0)}`);
  const text = (of: readonly string[]): string =>
    random.chance(1, 2) ? of.join(", ") : `\\begin{cases}${of.join("\\\\")}\\end{cases}`;
  const off = equal ? 0 : random.pick([-1, 1, 5]);
  const given = lines(rows, 0);
  const values = solution.map((value, k) => value + (k === 0 ? off : 0));
  const assigned = names.map((name, k) => `${name}=${values[k]}`);
  const others: (() => [text: string, plain: readonly string[]])[] = [
    () => [assigned.join(random.pick([", ", " and ", ";"])), assigned],
    () => [`(${names.join(",")})=(${values.join(",")})`, assigned],
    () => {
      const other = lines(combined(rows, random), off);
      return [text(other), other];
    },
  ];
  const [b, other] = random.pick(others)();
  return pair(text(given), b, equal, { system: given, other });
};

function determinant(rows: readonly (readonly number[])[]): number {
  if (rows.length === 1) return rows[0]![0]!;
  return rows[0]!.reduce((sum, value, k) => {
    const minor = rows.slice(1).map((row) => row.filter((_, j) => j !== k));
    return sum + (k % 2 === 0 ? 1 : -1) * value * determinant(minor);
  }, 0);
}

/** Rows with multiples of other rows added. */
function combined(rows: readonly (readonly number[])[], random: TestRandom): number[][] {
  const result = rows.map((row) => [...row]);
  for (let k = 0; k < 3; k++) {
    const [from, to] = [random.below(rows.length), random.below(rows.length)];
    const factor = from === to ? 1 : random.between(-3, 3);
    result[to] = result[to]!.map((value, j) => value + factor * result[from]![j]!);
  }
  return determinant(result) === 0 ? rows.map((row) => row.map((value) => 2 * value)) : result;
}

const OPERATORS = ["<", ">", "<=", ">="] as const;
type Operator = (typeof OPERATORS)[number];
const TURNED = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" } as const;

/** A bound as text and as a decimal. */
interface End {
  readonly text: string;
  readonly value: number;
}

/** A union of intervals between bounds; `open` marks ends that do not belong to it. */
interface Region {
  readonly pieces: readonly { low?: End; high?: End; lowOpen: boolean; highOpen: boolean }[];
}

function show(region: Region, random: TestRandom): string {
  const style = random.below(3);
  if (region.pieces.length === 0) return random.pick(["\\emptyset", "无解", "\\{\\}"]);
  const parts = region.pieces.map(({ low, high, lowOpen, highOpen }) => {
    if (style === 0)
      return `${lowOpen || low === undefined ? "(" : "["}${low?.text ?? "-\\infty"},${high?.text ?? "\\infty"}${highOpen || high === undefined ? ")" : "]"}`;
    if (low !== undefined && high !== undefined)
      return low.value === high.value
        ? `x=${low.text}`
        : `${low.text}${lowOpen ? "<" : "\\le "}x${highOpen ? "<" : "<="}${high.text}`;
    if (low !== undefined) return `x${lowOpen ? ">" : "≥"}${low.text}`;
    return high === undefined ? "x\\in\\mathbb{R}" : `${high.text}${highOpen ? ">" : ">="}x`;
  });
  if (
    style === 0 &&
    parts.some(
      (_, k) => region.pieces[k]!.low?.value === region.pieces[k]!.high?.value && region.pieces[k]!.low !== undefined,
    )
  )
    return show(region, random);
  return style === 0
    ? `${random.pick(["x\\in ", ""])}${parts.join("\\cup ")}`
    : parts.join(random.pick([" or ", "或", " \\lor ".replace("\\lor", "\\text{or}")]));
}

/** The region where f op 0, for a sign of f on each of the intervals between ascending ends; `poles` do not belong to it. */
function regionOf(
  ends: readonly End[],
  signs: readonly number[],
  operator: Operator,
  poles: ReadonlySet<number>,
): Region {
  const wanted = operator.startsWith("<") ? -1 : 1;
  const closed = operator.endsWith("=");
  const pieces: { low?: End; high?: End; lowOpen: boolean; highOpen: boolean }[] = [];
  const include = (k: number): boolean => closed && !poles.has(k);
  for (let k = 0; k <= ends.length; k++) {
    const isIn = signs[k] === wanted;
    const before = k > 0 && include(k - 1);
    const last = pieces.at(-1);
    if (k > 0 && before && !isIn && signs[k - 1] !== wanted)
      pieces.push({ low: ends[k - 1]!, high: ends[k - 1]!, lowOpen: false, highOpen: false });
    if (!isIn) continue;
    const high = ends[k];
    const highOpen = high === undefined || !include(k);
    if (last !== undefined && last.high !== undefined && k > 0 && last.high.value === ends[k - 1]!.value && before) {
      pieces[pieces.length - 1] = {
        ...(last.low === undefined ? {} : { low: last.low }),
        ...(high === undefined ? {} : { high }),
        lowOpen: last.lowOpen,
        highOpen,
      };
    } else
      pieces.push({
        ...(k === 0 ? {} : { low: ends[k - 1]! }),
        ...(high === undefined ? {} : { high }),
        lowOpen: k === 0 || !before,
        highOpen,
      });
  }
  return { pieces };
}

/** Another region: one end opened or closed, or moved. */
function spoiled(region: Region, random: TestRandom): Region | undefined {
  const at = random.below(Math.max(1, region.pieces.length));
  const piece = region.pieces[at];
  if (piece === undefined || piece.low?.value === piece.high?.value) return undefined;
  const isLow = piece.low !== undefined && (piece.high === undefined || random.chance(1, 2));
  const opens = random.chance(1, 2);
  const move = (end: End): End => ({ text: `${end.text}-1/100`, value: end.value - 0.01 });
  const other = isLow
    ? { ...piece, ...(opens ? { lowOpen: !piece.lowOpen } : { low: move(piece.low!) }) }
    : piece.high === undefined
      ? undefined
      : { ...piece, ...(opens ? { highOpen: !piece.highOpen } : { high: move(piece.high) }) };
  return other === undefined ? undefined : { pieces: region.pieces.map((old, k) => (k === at ? other : old)) };
}

const whole = (value: number): End => ({ text: String(value), value });

/** An inequality with its region, and as SymPy reads it. */
interface Inequality {
  readonly text: string;
  readonly region: Region;
  readonly plain: string;
}

function inequality(random: TestRandom): Inequality {
  const operator = random.pick(OPERATORS);
  return random.pick([
    () => product(random, operator),
    () => modulus(random, operator),
    () => surd(random, operator),
    () => quotient(random, operator),
  ])();
}

function distinct(random: TestRandom, count: number): number[] {
  const found = new Set<number>();
  while (found.size < count) found.add(random.between(-8, 8));
  return [...found].sort((a, b) => a - b);
}

function product(random: TestRandom, operator: Operator): Inequality {
  const roots = distinct(random, random.between(1, 3));
  const powers = roots.map(() => random.pick([1, 1, 1, 2]));
  const k = random.pick([1, 2, -1, -3]);
  const signs = Array.from({ length: roots.length + 1 }, (_, j) =>
    powers.slice(j).reduce((sign, power) => (power % 2 === 1 ? -sign : sign), Math.sign(k)),
  );
  const text = `${k}*${roots.map((root, j) => `(x-(${root}))^${powers[j]}`).join("*")}`;
  const region = regionOf(roots.map(whole), signs, operator, new Set());
  const plain = `${text} ${operator} 0`;
  return { text: random.chance(1, 2) ? plain : `0 ${TURNED[operator]} ${text}`, region, plain };
}

function quotient(random: TestRandom, operator: Operator): Inequality {
  const [a, b] = distinct(random, 2) as [number, number];
  const isPoleFirst = random.chance(1, 2);
  const [root, pole] = isPoleFirst ? [b, a] : [a, b];
  return {
    plain: `(x-(${root}))/(x-(${pole})) ${operator} 0`,
    text: `\\frac{x-(${root})}{x-(${pole})} ${operator} 0`,
    region: regionOf([whole(a), whole(b)], [1, -1, 1], operator, new Set([isPoleFirst ? 0 : 1])),
  };
}

function modulus(random: TestRandom, operator: Operator): Inequality {
  const [middle, radius, k] = [random.between(-5, 5), random.between(1, 6), random.between(1, 3)];
  const ends = [whole(middle - radius), whole(middle + radius)];
  return {
    plain: `Abs(${k}*x-(${k * middle})) ${operator} ${k * radius}`,
    text: `|${k}x-(${k * middle})| ${operator} ${k * radius}`,
    region: regionOf(ends, [1, -1, 1], operator, new Set()),
  };
}

function surd(random: TestRandom, operator: Operator): Inequality {
  const [middle, square] = [random.between(-4, 4), random.pick([2, 3, 5, 7, 11])];
  const root = Math.sqrt(square);
  const ends = [
    { text: `${middle}-\\sqrt{${square}}`, value: middle - root },
    { text: `${middle}+\\sqrt{${square}}`, value: middle + root },
  ];
  const text = `x^2-(${2 * middle})x+(${middle * middle - square})`;
  const region = regionOf(ends, [1, -1, 1], operator, new Set());
  const plain = `x^2-(${2 * middle})*x+(${middle * middle - square}) ${operator} 0`;
  return { text: `${text} ${operator} 0`, region, plain };
}

const plainEnd = (end: End | undefined): string | null =>
  end === undefined ? null : end.text.replace(/\\sqrt\{(\d+)\}/, "sqrt($1)");

/** An inequality against its region, or two ways to write the region. */
export const inequalities: Draw = (random, equal) => {
  for (;;) {
    const { text, region, plain } = inequality(random);
    const a = random.chance(3, 4) ? text : show(region, random);
    const other = equal ? region : spoiled(region, random);
    const ends = other?.pieces.map((piece) => [
      plainEnd(piece.low),
      plainEnd(piece.high),
      piece.lowOpen,
      piece.highOpen,
    ]);
    if (other !== undefined) return pair(a, show(other, random), equal, { relation: plain, region: ends });
  }
};

/** A number in forms that are not written alike. */
function member(value: number, random: TestRandom): string {
  return random.pick([
    () => String(value),
    () => `${value * 3}/3`,
    () => `${value - 2}+2`,
    () => `\\frac{${value * 4}}{4}`,
    () => `\\sqrt{${value * value}}*${value < 0 ? "(-1)" : "1"}`,
    () => `${value}.0`,
  ])();
}

const shuffled = <T>(values: readonly T[], random: TestRandom): T[] => {
  const rest = [...values];
  const result: T[] = [];
  while (rest.length > 0) result.push(...rest.splice(random.below(rest.length), 1));
  return result;
};

/** Sets in any order, tuples in one, matrices in two notations. */
export const collections: Draw = (random, equal) => {
  const size = random.between(2, 5);
  const values = distinct(random, size).map((value) => value || 9);
  const change = (of: readonly number[]): number[] => of.map((value, k) => (k === 0 && !equal ? value + 20 : value));
  const texts = (of: readonly number[]): string[] => of.map((value) => member(value, random));
  const styles: (() => Case)[] = [
    () =>
      pair(
        `\\{${texts(shuffled(values, random)).join(",")}\\}`,
        `${random.pick(["{", "\\left\\{"])}${texts(change(shuffled(values, random))).join(", ")}`.replace(
          /^(\{|\\left\\\{)(.*)$/,
          (_, open: string, inside: string) => `${open}${inside}${open === "{" ? "}" : "\\right\\}"}`,
        ),
        equal,
      ),
    () =>
      pair(
        `x\\in\\{${texts(values).join(",")}\\}`,
        change(shuffled(values, random))
          .map((value) => `x=${member(value, random)}`)
          .join(random.pick([" or ", "或"])),
        equal,
      ),
    () =>
      pair(
        `(${texts(values).join(",")})`,
        `\\left(${texts(equal ? values : random.chance(1, 2) ? change(values) : [...values].reverse()).join(", ")}\\right)`,
        equal,
      ),
    () => matrix(random, equal),
  ];
  return random.pick(styles)();
};

function matrix(random: TestRandom, equal: boolean): Case {
  const [rows, columns] = [random.between(1, 3), random.between(2, 3)];
  const values = Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.between(-9, 9)));
  const other = values.map((row, i) => row.map((value, j) => (!equal && i === 0 && j === 1 ? value + 1 : value)));
  const name = random.pick(["pmatrix", "bmatrix", "matrix"]);
  const latex = (of: readonly (readonly number[])[]): string =>
    `\\begin{${name}}${of.map((row) => row.map((value) => member(value, random)).join("&")).join("\\\\")}\\end{${name}}`;
  const plain = (of: readonly (readonly number[])[]): string =>
    `[${of.map((row) => `[${row.map((value) => member(value, random)).join(",")}]`).join(",")}]`;
  return pair(latex(values), rows > 1 && random.chance(1, 2) ? plain(other) : latex(other), equal);
}
