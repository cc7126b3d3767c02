// What a question about a financial statement is, and its answer. Knows no wordings and no trace.

import { gcd } from "../../division.ts";
import { IDS, type Id, TOTALS, type Total, totalWith } from "./items.ts";

/**
 * `footing`: does every total agree with its lines? `missing`: the line without a value. `margin`: a profit in percent of revenue.
 * `ratio`: a quotient of two totals. `change`: from the earlier year to the later, in percent.
 */
export type Kind = "footing" | "missing" | "margin" | "ratio" | "change";
export const KINDS: readonly Kind[] = ["footing", "missing", "margin", "ratio", "change"];

/** Profits that are put over revenue. */
export const MARGINS = ["gross", "operating", "net"] as const;

/** Quotients of totals: what stands above (less `without`) and below. */
export const RATIOS = {
  current: { over: "currentAssets", under: "currentLiabilities" },
  quick: { over: "currentAssets", without: "inventory", under: "currentLiabilities" },
  debtToEquity: { over: "totalLiabilities", under: "equity" },
} as const satisfies Readonly<Record<string, { over: Id; without?: Id; under: Id }>>;

/** The line, profit or quotient that a question is about; nothing where it is about all totals. */
export type Asked = Id | keyof typeof RATIOS | undefined;

/** A line with its value in each column (the later year first); undefined where it can't be read. */
export interface Row {
  readonly id: Id;
  readonly values: readonly (number | undefined)[];
}

/** A statement of one or two years, its lines in the order of `IDS`, and what is asked of one column. */
export interface Financial {
  readonly kind: Kind;
  readonly asked: Asked;
  readonly rows: readonly Row[];
  /** The column that is asked about; 0 where both are. */
  readonly column: number;
}

/** The lines in the order of a document. */
export const inOrder = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => IDS.indexOf(a.id) - IDS.indexOf(b.id));

/** What a line says in the asked column. */
export function stated({ rows, column }: Financial, id: Id): number | undefined {
  return rows.find((row) => row.id === id)?.values[column];
}

const has = ({ rows }: Financial, id: Id): boolean => rows.some((row) => row.id === id);

/** The lines that make a total, of those that the statement has; undefined where there are too few. */
export function partsOf(problem: Financial, { parts, isDifference }: Total): Id[] | undefined {
  const found = parts.filter((id) => has(problem, id));
  return found.length < (isDifference ? parts.length : 2) ? undefined : found;
}

/** The value of a total from its stated lines; undefined where one is missing. */
export function added(problem: Financial, total: Total): number | undefined {
  const values = partsOf(problem, total)?.map((id) => stated(problem, id));
  if (values === undefined || values.includes(undefined)) return undefined;
  return (values as number[]).reduce((sum, value) => (total.isDifference ? sum - value : sum + value));
}

/** The totals that the statement both states and has the lines of, in order. */
export const checkedTotals = (problem: Financial): Total[] =>
  TOTALS.filter((total) => stated(problem, total.id) !== undefined && added(problem, total) !== undefined);

/** What a line says or, where the statement leaves it out, what its own lines make. */
export function figure(problem: Financial, id: Id): number | undefined {
  const total = totalWith(id);
  if (has(problem, id) || total === undefined) return stated(problem, id);
  return added(problem, total);
}

/** The first total that disagrees with its lines, and by how much it is too high. */
export function wrongTotal(problem: Financial): { id: Id; excess: number } | undefined {
  for (const total of checkedTotals(problem)) {
    const excess = stated(problem, total.id)! - added(problem, total)!;
    if (excess !== 0) return { id: total.id, excess };
  }
  return undefined;
}

/** How a missing line follows: from its own lines, or as a part of a total. */
export function relationOf(problem: Financial, id: Id): { total: Total; parts: Id[] } | undefined {
  for (const total of TOTALS) {
    const parts = partsOf(problem, total);
    if (parts === undefined || !(total.id === id || parts.includes(id))) continue;
    const others = [total.id, ...parts].filter((other) => other !== id);
    if (others.every((other) => stated(problem, other) !== undefined)) return { total, parts };
  }
  return undefined;
}

/** The value of a missing line. */
export function missingValue(problem: Financial, id: Id): number | undefined {
  const relation = relationOf(problem, id);
  if (relation === undefined) return undefined;
  const { total, parts } = relation;
  if (total.id === id) return added(problem, total);
  const whole = stated(problem, total.id)!;
  const others = parts.filter((part) => part !== id).map((part) => stated(problem, part)!);
  if (total.isDifference) return id === parts[0] ? whole + others[0]! : others[0]! - whole;
  return others.reduce((rest, value) => rest - value, whole);
}

/** Numerator and denominator of a quotient of totals, as they stand. */
export function quotientOf(problem: Financial): [over: number, under: number] | undefined {
  const ratio = RATIOS[problem.asked as keyof typeof RATIOS];
  const [over, under] = [figure(problem, ratio.over), figure(problem, ratio.under)];
  const less = "without" in ratio ? stated(problem, ratio.without) : 0;
  return over === undefined || under === undefined || less === undefined ? undefined : [over - less, under];
}

/** The answer as a number or fraction: for all kinds but `footing`. */
export function answerValue(problem: Financial): string {
  const { kind, asked } = problem;
  switch (kind) {
    case "missing":
      return String(missingValue(problem, asked as Id));
    case "margin":
      return String((figure(problem, asked as Id)! * 100) / stated(problem, "revenue")!);
    case "ratio": {
      const [over, under] = quotientOf(problem)!;
      const common = gcd(over, under);
      return over % under === 0 ? String(over / under) : `${over / common}/${under / common}`;
    }
    default: {
      const [later, earlier] = problem.rows.find(({ id }) => id === asked)!.values as [number, number];
      return String(((later - earlier) * 100) / earlier);
    }
  }
}

const isWhole = (value: string): boolean => /^-?[1-9]\d*$/.test(value);

/** Whether the question has one answer that the reasoning reaches. */
export function isProblem(problem: Financial): boolean {
  const { kind, asked, rows, column } = problem;
  const open = rows.filter(({ values }) => values.includes(undefined));
  if (rows.length < 2 && kind !== "change") return false;
  switch (kind) {
    case "missing": {
      const [row] = open;
      if (open.length !== 1 || row!.id !== asked || row!.values.filter((value) => value === undefined).length !== 1)
        return false;
      return row!.values[column] === undefined && (missingValue(problem, row!.id) ?? 0) > 0;
    }
    case "footing": {
      const totals = checkedTotals(problem);
      const wrong = totals.filter((total) => stated(problem, total.id) !== added(problem, total));
      return totals.length > 0 && wrong.length <= 1 && totals.every((total) => added(problem, total)! >= 0);
    }
    case "margin": {
      const revenue = stated(problem, "revenue");
      return (revenue ?? 0) > 0 && (figure(problem, asked as Id) ?? 0) > 0 && isWhole(answerValue(problem));
    }
    case "ratio": {
      const [over, under] = quotientOf(problem) ?? [0, 0];
      return over > 0 && under > 0;
    }
    case "change": {
      const [later, earlier] = rows.find(({ id }) => id === asked)?.values ?? [];
      return later !== undefined && earlier !== undefined && earlier > 0 && isWhole(answerValue(problem));
    }
  }
}
