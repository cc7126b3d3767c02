// Draws statements: lines with values that a question has a whole or simple answer to. Owns the levels.

import { gcd } from "../../division.ts";
import type { Random } from "../../random.ts";
import { withoutCommonZeros } from "../../written.ts";
import { IDS, type Id, TOTALS, totalWith } from "./items.ts";
import {
  checkedTotals,
  type Financial,
  figure,
  isProblem,
  KINDS,
  type Kind,
  MARGINS,
  RATIOS,
  type Row,
  stated,
} from "./problem.ts";

/** By level: kinds of questions, years of a statement, whether it is one part only, largest revenue and other totals. */
export const LEVELS = [
  { kinds: ["footing", "missing", "margin"], years: 1, isPart: true, revenue: 9, most: 900 },
  { kinds: KINDS, years: 1, isPart: false, revenue: 99, most: 3000 },
  { kinds: KINDS, years: 2, isPart: false, revenue: 990, most: 30_000 },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];
type Limit = (typeof LEVELS)[number];

type Figures = Map<Id, number>;

const BASES = ["currentAssets", "fixedAssets", "currentLiabilities", "longLiabilities", "equity"] as const;
type Base = (typeof BASES)[number];

/** A total as a sum of as many parts as there are lines, none of them tiny. */
function split(random: Random, total: number, lines: readonly Id[]): Figures {
  const weights = lines.map(() => random.int(2, 9));
  const sum = weights.reduce((a, b) => a + b);
  const figures: Figures = new Map();
  let rest = total;
  lines.forEach((id, i) => {
    const share = Math.floor((total * weights[i]!) / sum);
    const value = i === lines.length - 1 ? rest : Math.max(1, share - random.below(Math.max(1, share >> 2)));
    figures.set(id, value);
    rest -= value;
  });
  return figures;
}

/** Some of the lines that make a total, in order; `needed` is one of them. */
function linesOf(random: Random, id: Id, least: number, needed?: Id): Id[] {
  const { parts } = totalWith(id)!;
  const count = random.int(least, parts.length);
  const others = random.shuffle(parts.filter((part) => part !== needed));
  const chosen = [...(needed === undefined ? [] : [needed]), ...others].slice(0, count);
  return parts.filter((part) => chosen.includes(part));
}

/** Adds every total whose lines are there. */
function withTotals(figures: Figures, ids: readonly Id[]): Figures {
  for (const { id, parts, isDifference } of TOTALS) {
    if (!ids.includes(id)) continue;
    const values = parts.flatMap((part) => figures.get(part) ?? []);
    figures.set(
      id,
      values.reduce((sum, value) => (isDifference ? sum - value : sum + value)),
    );
  }
  return figures;
}

/** The lines of an income statement, down to one of its profits. */
function incomeIds(random: Random, last: "gross" | "operating" | "net"): Id[] {
  const ids: Id[] = ["revenue", "cogs", "gross"];
  if (last !== "gross") ids.push(...linesOf(random, "opex", 2), "opex", "operating");
  if (last === "net") ids.push("interest", "pretax", "tax", "net");
  return ids;
}

/** Values of an income statement; `target` is a profit with its value. */
function income(random: Random, ids: readonly Id[], revenue: number, target?: readonly [Id, number]): Figures {
  const share = (value: number, low: number, high: number) =>
    Math.max(1, Math.floor((value * random.int(low, high)) / 100));
  const whole = (value: number, low: number, high: number) => Math.ceil((value * 100) / random.int(low, high));
  const [asked, aim = 0] = target ?? [];
  // Upwards from the profit that is aimed at, then down for what is left.
  let [gross, operating, pretax] = [asked === "gross" ? aim : 0, asked === "operating" ? aim : 0, 0];
  if (asked === "net") [pretax, operating] = [whole(aim, 65, 85), 0];
  if (asked === "net") operating = whole(pretax, 85, 97);
  gross ||= operating > 0 ? operating + share(revenue - operating, 20, 60) : share(revenue, 25, 70);
  operating ||= share(gross, 20, 60);
  pretax ||= share(operating, 85, 97);
  const net = asked === "net" ? aim : share(pretax, 65, 85);
  const costs = totalWith("opex")!.parts.filter((id) => ids.includes(id));
  const figures: Figures = new Map([
    ["revenue", revenue],
    ["cogs", revenue - gross],
    ...(costs.length === 0 ? [] : split(random, gross - operating, costs)),
    ["interest", operating - pretax],
    ["tax", pretax - net],
  ]);
  return withTotals(figures, ids);
}

/** The totals above some sections of a balance sheet. */
function sheetIds(lines: readonly Id[], sections: readonly Base[]): Id[] {
  const ids = new Set<Id>([...lines, ...sections]);
  for (const { id, parts } of TOTALS) if (parts.every((part) => ids.has(part)) && !ids.has(id)) ids.add(id);
  return IDS.filter((id) => ids.has(id));
}

/** Values of some sections; `totals` fixes those of some of them. */
function sheet(random: Random, ids: readonly Id[], sections: readonly Base[], most: number, totals: Figures): Figures {
  const figures: Figures = new Map();
  for (const section of sections) {
    const lines = totalWith(section)!.parts.filter((id) => ids.includes(id));
    const total = totals.get(section) ?? random.int(Math.floor(most / 10), most);
    for (const [id, value] of split(random, total, lines)) figures.set(id, value);
  }
  return withTotals(figures, ids);
}

/** The same lines a year before or after, each a little more or less. */
function varied(random: Random, figures: Figures, ids: readonly Id[]): Figures {
  const lines = ids.filter((id) => totalWith(id) === undefined);
  const values = lines.map(
    (id) => [id, Math.max(1, Math.floor((figures.get(id)! * random.int(80, 125)) / 100))] as const,
  );
  return withTotals(new Map(values), ids);
}

/** The columns of a statement: the figures in the asked column, varied ones in the other where there are two years. */
const columnsOf = (random: Random, figures: Figures, ids: readonly Id[], years: number, column: number): Figures[] =>
  Array.from({ length: years }, (_, i) => (i === column ? figures : varied(random, figures, ids)));

const rowsOf = (ids: readonly Id[], columns: readonly Figures[]): Row[] =>
  IDS.filter((id) => ids.includes(id)).map((id) => ({ id, values: columns.map((figures) => figures.get(id)) }));

const SIDES: readonly (readonly Base[])[] = [
  ["currentAssets", "fixedAssets"],
  ["currentLiabilities", "longLiabilities", "equity"],
];

const revenueOf = (random: Random, { revenue }: Limit): number =>
  revenue < 100 ? 100 * random.int(Math.max(2, revenue / 9), revenue) : 1000 * random.int(10, revenue / 10);

/** A statement without an error: its lines and their values. */
function statement(random: Random, limit: Limit): { ids: Id[]; figures: Figures } {
  if (random.chance(0.5)) {
    const ids: Id[] = incomeIds(random, limit.isPart ? "gross" : random.pick(["operating", "net"] as const));
    return { ids, figures: income(random, ids, amount(random, limit)) };
  }
  const sections = limit.isPart ? [random.pick(BASES)] : random.pick(SIDES);
  const lines = sections.flatMap((section) => linesOf(random, section, 2));
  const ids = sheetIds(lines, sections);
  return { ids, figures: sheet(random, ids, sections, limit.most, new Map()) };
}

/** A revenue of any digits. */
const amount = (random: Random, limit: Limit): number => revenueOf(random, limit) + random.int(1, 99);

function footing(random: Random, limit: Limit): Financial {
  const { ids, figures } = statement(random, limit);
  const column = random.below(limit.years);
  const columns = columnsOf(random, figures, ids, limit.years, column);
  const right: Financial = { kind: "footing", asked: undefined, rows: rowsOf(ids, columns), column };
  if (random.chance(0.25)) return right;
  const { id } = random.pick(checkedTotals(right));
  // A slip of the pen: digits, tens or hundreds off, or two digits exchanged (a multiple of 9). What follows carries it on.
  const by =
    random.pick([random.int(1, 9), 10 * random.int(1, 9), 100, 9 * random.int(1, 9)]) * random.pick([1, -1] as const);
  figures.set(id, figures.get(id)! + by);
  const at = TOTALS.findIndex((total) => total.id === id);
  withTotals(
    figures,
    ids.filter((other) => TOTALS.findIndex((total) => total.id === other) > at),
  );
  return { ...right, rows: rowsOf(ids, columns) };
}

function missing(random: Random, limit: Limit): Financial {
  const { ids, figures } = statement(random, limit);
  const column = random.below(limit.years);
  const asked = random.chance(0.75) ? random.pick(ids.filter((id) => totalWith(id) === undefined)) : random.pick(ids);
  const rows = rowsOf(ids, columnsOf(random, figures, ids, limit.years, column)).map((row) =>
    row.id === asked ? { id: row.id, values: row.values.with(column, undefined) } : row,
  );
  return { kind: "missing", asked, rows, column };
}

function margin(random: Random, limit: Limit): Financial {
  const asked = limit.isPart ? "gross" : random.pick(MARGINS);
  const ids = incomeIds(random, asked === "gross" && !limit.isPart && random.chance(0.5) ? "operating" : asked);
  const column = random.below(limit.years);
  const revenue = revenueOf(random, limit);
  const percent = asked === "gross" ? random.int(15, 80) : random.int(2, 30);
  const figures = income(random, ids, revenue, [asked, (revenue * percent) / 100]);
  const isHidden = asked !== "net" && random.chance(0.5);
  const shown = isHidden ? ids.filter((id) => id !== asked) : ids;
  return {
    kind: "margin",
    asked,
    rows: rowsOf(shown, columnsOf(random, figures, ids, limit.years, column)),
    column,
  };
}

/** Products of 2, 3, 5 and 7: what a fraction is reduced by. */
const UNITS = [12, 14, 15, 16, 18, 20, 21, 24, 25, 27, 28, 30, 32, 35, 36, 40, 42, 45, 48, 49] as const;

/** Numerator and denominator of a ratio: two numbers without a common divisor, times one with small divisors. */
function quotient(random: Random, limit: Limit): [over: number, under: number] {
  const unit = random.pick(UNITS) * random.pick(limit.years > 1 ? [10, 100] : [1, 10]);
  for (;;) {
    const [over, under] = [random.int(3, 20), random.int(2, 20)];
    if (gcd(over, under) === 1) return [unit * over, unit * under];
  }
}

function ratio(random: Random, limit: Limit): Financial {
  const asked = random.pick(Object.keys(RATIOS) as (keyof typeof RATIOS)[]);
  const isDebt = asked === "debtToEquity";
  const sections: readonly Base[] =
    limit.years > 1 ? BASES : isDebt ? SIDES[1]! : ["currentAssets", "currentLiabilities"];
  const lines = sections.flatMap((section) =>
    linesOf(random, section, 2, section === "currentAssets" && asked === "quick" ? "inventory" : undefined),
  );
  const ids = sheetIds(lines, sections);
  const [over, under] = quotient(random, limit);
  const totals: Figures = new Map();
  if (isDebt) {
    const current = Math.floor((over * random.int(30, 70)) / 100);
    totals
      .set("currentLiabilities", current)
      .set("longLiabilities", over - current)
      .set("equity", under);
  } else totals.set("currentAssets", over).set("currentLiabilities", under);
  const figures = sheet(random, ids, sections, limit.most, totals);
  if (asked === "quick") {
    // The inventories come on top: what is left without them is the numerator.
    const others = lines.filter((id) => id !== "inventory" && totalWith("currentAssets")!.parts.includes(id));
    for (const [id, value] of split(random, over, others)) figures.set(id, value);
    figures.set("inventory", random.int(Math.ceil(over / 10), over));
    withTotals(figures, ids);
  }
  const column = random.below(limit.years);
  const sums = isDebt ? [RATIOS[asked].under] : [RATIOS[asked].over, RATIOS[asked].under];
  const hidden: readonly Id[] = limit.years > 1 && random.chance(0.5) ? sums : [];
  const shown = ids.filter((id) => !hidden.includes(id));
  return { kind: "ratio", asked, rows: rowsOf(shown, columnsOf(random, figures, ids, limit.years, column)), column };
}

function change(random: Random, limit: Limit): Financial {
  const { ids, figures: later } = statement(random, limit);
  const earlier = varied(random, later, ids);
  const asked = random.pick(ids.filter((id) => totalWith(id) === undefined));
  // Two digits and zeros, so that the division is short.
  const unit = 10 ** Math.max(1, String(earlier.get(asked)).length - 2);
  const base = Math.max(10, Math.round(earlier.get(asked)! / unit) * unit);
  const percent = random.int(2, 60) * (random.chance(0.4) ? -1 : 1);
  earlier.set(asked, base);
  later.set(asked, (base * (100 + percent)) / 100);
  return { kind: "change", asked, rows: rowsOf(ids, [withTotals(later, ids), withTotals(earlier, ids)]), column: 0 };
}

const DRAWN: Readonly<Record<Kind, (random: Random, limit: Limit) => Financial>> = {
  footing,
  missing,
  margin,
  ratio,
  change,
};

/** One attempt at a problem of the kind; it may have figures that no statement has, or no whole answer. */
export const attempt = (random: Random, kind: Kind, level: number): Financial =>
  DRAWN[kind](random, LEVELS[level - 1]!);

/**
 * Whether the division of a percentage has small steps: what is divided stays below 1,000 once zeros have fallen away, so that each
 * digit of the quotient is seen, and no more than three zeros fall away.
 */
function isShort(problem: Financial): boolean {
  const { kind, asked, rows } = problem;
  if (kind !== "margin" && kind !== "change") return true;
  const [later, earlier] = rows.find(({ id }) => id === asked)?.values ?? [];
  const [part, whole] =
    kind === "margin"
      ? [figure(problem, asked as Id)!, stated(problem, "revenue")!]
      : [Math.abs(later! - earlier!), earlier!];
  const [over, under] = withoutCommonZeros(part * 100, whole);
  return over < 1000 && whole <= 1000 * under;
}

/** Whether every figure that is there is a whole number above 0, and the question has one answer by small steps. */
export const isSound = (problem: Financial): boolean =>
  problem.rows.every(({ values }) =>
    values.every((value) => value === undefined || (Number.isInteger(value) && value > 0)),
  ) &&
  isProblem(problem) &&
  isShort(problem);
