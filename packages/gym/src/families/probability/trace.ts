// The reasoning of a probability. Owns its lines; must not know wordings. `all` counts what may happen, `wanted` what is asked for, `none`
// is the probability of the opposite, `P` the one that is asked. Fractions are reduced as in fractions/trace.ts.
//
//   all: 6*6=36
//   1: 4+6=10            the throws that count, numbered
//   2: 5+5=10
//   3: 6+4=10
//   3: 36=30+6+0         36 by 3, with nothing left: their greatest common divisor is 3
//   gcd(3,0)=3
//   P: 3/36=(3/3)/(36/3)=1/12

import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { product, reduced } from "../fractions/trace.ts";
import {
  type Coins,
  chances,
  chosenFrom,
  type Dice,
  type Draws,
  listedPairs,
  named,
  opposite,
  type Probability,
  type Ratio,
  ratio,
  type Table,
  type Test,
  type Trials,
  testCounts,
} from "./problem.ts";

/** The steps of a problem, a line each. */
export function trace(problem: Probability): string[] {
  switch (problem.kind) {
    case "draw": {
      const { counts, wanted, isNot } = problem;
      const all = total(counts, "all");
      const told = wanted.map((sort) => counts[sort]!);
      const some = told.length > 1 ? total(told, isNot ? "" : "wanted") : [];
      const sum = told.reduce((x, y) => x + y);
      const rest = isNot ? writtenSum(value(all), "-", sum, "wanted") : [];
      return [...all, ...some, ...rest, ...quotient(isNot ? value(rest) : sum, value(all))];
    }
    case "number": {
      const { n, condition, k } = problem;
      const wanted = named(problem).wanted![0];
      const lines = {
        more: [`wanted: ${n}-${k}=${wanted}`],
        less: [`wanted: ${k}-1=${wanted}`],
        least: [`${k}-1=${k - 1}`, `wanted: ${n}-${k - 1}=${wanted}`],
        multiple: [`wanted: ${n}/${k}${wanted * k === n ? "=" : ">"}${wanted}`],
      }[condition];
      return [...lines, ...quotient(wanted, n)];
    }
    case "coins":
      return coins(problem);
    case "draws":
      return draws(problem);
    case "dice":
      return dice(problem);
    case "trials":
      return trials(problem);
    case "totals":
    case "cells":
      return table(problem);
    case "test":
      return test(problem);
  }
}

/** What the last line says. */
const value = (lines: readonly string[]): number => Number(/\d+$/.exec(lines.at(-1)!)![0]);

/** A sum of some numbers; the last line has the label. */
function total(numbers: readonly number[], label: string): string[] {
  const lines: string[] = [];
  let sum = numbers[0]!;
  for (const [i, number] of numbers.entries()) {
    if (i === 0) continue;
    lines.push(...writtenSum(sum, "+", number, i === numbers.length - 1 ? label : ""));
    sum += number;
  }
  return lines;
}

/** over/under in lowest terms, with the label. Zeros that both end with fall away first. */
function quotient(over: number, under: number, label = "P"): string[] {
  const lines: string[] = [];
  let [p, q] = [over, under];
  while (p % 10 === 0 && q % 10 === 0) [p, q] = [p / 10, q / 10];
  if (p !== over) lines.push(`${label}: ${over}/${under}=${p}/${q}`);
  const reductions: string[] = [];
  const [r] = reduced(reductions, [p, q]);
  if (r !== p) reductions.push(`${label}: ${reductions.pop()}`);
  return [...lines, ...reductions];
}

/** The product of chances, one after the other: two of them with the label and a 2, all of them with the label alone. */
function productOf(ratios: readonly Ratio[], label: string): string[] {
  const lines: string[] = [];
  const [first] = ratios as [Ratio];
  if (ratios.every(([over, under]) => over === first[0] && under === first[1])) {
    const one = reduced(lines, [...first]);
    return [...lines, ...powerOf(one, ratios.length, label)];
  }
  let [result, ...rest] = ratios.map((chance) => reduced(lines, [...chance])) as [Ratio, ...Ratio[]];
  rest.forEach((chance, i) => {
    const own: string[] = [];
    product(own, result, chance);
    const name = i === rest.length - 1 ? label : `${label}2`;
    lines.push(`${name}: ${own[0]}`, ...own.slice(1, -1), `${name}: ${own.at(-1)}`);
    result = ratio(result[0] * chance[0], result[1] * chance[1]);
  });
  return lines;
}

/** `P: 2*15/56=15/(56/2)=15/28`, or with the factor above. */
function doubled([over, under]: Ratio): string {
  const sides =
    under % 2 === 0
      ? [`${over}/(${under}/2)`, `${over}/${under / 2}`]
      : [`(2*${over})/${under}`, `${2 * over}/${under}`];
  return `P: 2*${over}/${under}=${sides.join("=")}`;
}

/** `P: 1-5/14=(14-5)/14=9/14`. */
const oppositeLine = ([over, under]: Ratio, label = "P"): string =>
  `${label}: 1-${over}/${under}=(${under}-${over})/${under}=${under - over}/${under}`;

/** The outcomes by doubling; k heads of n by what the first, the second, … of them may be, any order counted once. */
function coins(problem: Coins): string[] {
  const { n, condition, k } = problem;
  const { all, wanted } = named(problem) as Record<string, Ratio>;
  const lines = ["2*2=4"];
  for (let i = 3; i <= n; i++) lines.push(`${2 ** (i - 1)}*2=${2 ** i}`);
  lines[lines.length - 1] = `all: ${lines.at(-1)}`;
  if (condition === "least" && k === 1) lines.push(`wanted: ${all![0]}-1=${wanted![0]}`);
  else if (condition === "least") {
    // Of all but one or more heads: the counts of exactly that many, one after the other.
    let sum = 1;
    for (let i = n - 1; i >= k; i--) {
      const some = named({ kind: "coins", n, condition: "exactly", k: i }).wanted![0];
      lines.push(...selections(n, i, ""), ...writtenSum(sum, "+", some, i === k ? "wanted" : ""));
      sum += some;
    }
  } else lines.push(...selections(n, k, "wanted"));
  return [...lines, ...quotient(wanted![0], all![0])];
}

function selections(n: number, k: number, label: string): string[] {
  const few = Math.min(k, n - k);
  if (few < 2) return [];
  const lines: string[] = [];
  let [over, under] = [n, 1];
  for (let i = 1; i < few; i++) {
    lines.push(`${n}-${i}=${n - i}`, ...writtenProduct(over, n - i));
    over *= n - i;
  }
  for (let i = 2; i <= few; i++) {
    lines.push(...writtenProduct(under, i));
    under *= i;
  }
  const last = writtenQuotient(over, under);
  return [...lines, ...last.slice(0, -1), label === "" ? last.at(-1)! : `${label}: ${last.at(-1)}`];
}

function draws(problem: Draws): string[] {
  const { counts, isBack, event, times, sorts } = problem;
  const lines = total(counts, "all");
  const all = value(lines);
  const [sort = 0, other = sort] = sorts;
  if (event === "some") lines.push(...writtenSum(all, "-", counts[sort]!, "others"));
  const told = event === "some" ? opposite(problem) : problem;
  const order = event === "some" ? [1, 1] : event === "all" ? Array<number>(times).fill(sort) : [sort, other];
  const each = chances(told, order);
  if (!isBack)
    for (let i = 1; i < order.length; i++) {
      const before = order[i - 1]!;
      if (before === order[i]) lines.push(`${each[i - 1]![0]}-1=${each[i]![0]}`);
      lines.push(`${each[i - 1]![1]}-1=${each[i]![1]}`);
    }
  const { none, order: one } = named(problem);
  switch (event) {
    case "all":
      return [...lines, ...productOf(each, "P")];
    case "order":
      return [...lines, ...productOf(each, "P")];
    case "each":
      return [...lines, ...productOf(each, "order"), doubled(one!)];
    case "some":
      return [...lines, ...productOf(each, "none"), oppositeLine(none!)];
  }
}

function dice(problem: Dice): string[] {
  const { pairs, isOpposite } = listedPairs(problem);
  const [a, b] = problem.sides;
  const all = writtenProduct(a, b);
  all[all.length - 1] = `all: ${all.at(-1)}`;
  const lines = [...all, ...pairs.map(([x, y], i) => `${i + 1}: ${x}+${y}=${x + y}`)];
  const { none } = named(problem);
  lines.push(...quotient(pairs.length, a * b, isOpposite ? "none" : "P"));
  return isOpposite ? [...lines, oppositeLine(none!)] : lines;
}

function trials({ over, under, n, event }: Trials): string[] {
  const lines = event === "all" ? [] : [oppositeLine([over, under], "not")];
  const one: Ratio = event === "all" ? [over, under] : [under - over, under];
  lines.push(...powerOf(one, n, event === "some" ? "none" : "P"));
  return event === "some" ? [...lines, oppositeLine([one[0] ** n, one[1] ** n])] : lines;
}

/** n equal chances in lowest terms, one after the other: `P2: 2/5*2/5=(2*2)/(5*5)=4/25`, the last with the label alone. */
function powerOf(one: Ratio, n: number, label: string): string[] {
  const lines: string[] = [];
  let power = one;
  for (let i = 2; i <= n; i++) {
    const next: Ratio = [power[0] * one[0], power[1] * one[1]];
    for (const at of [0, 1]) if (power[at]! > 10 && one[at]! > 1) lines.push(...writtenProduct(power[at]!, one[at]!));
    const product = `(${power[0]}*${one[0]})/(${power[1]}*${one[1]})`;
    lines.push(`${i === n ? label : `${label}${i}`}: ${power.join("/")}*${one.join("/")}=${product}=${next.join("/")}`);
    power = next;
  }
  return lines;
}

function table(problem: Table): string[] {
  const { kind, cells, given, group, trait } = problem;
  const { wanted, others } = chosenFrom(problem);
  const size = (at: number) => cells[at]![0] + cells[at]![1];
  const lines: string[] = [];
  if (kind === "totals") {
    const missing = (at: number, label: string) => writtenSum(size(at), "-", cells[at]![0], label);
    if (trait === 1) lines.push(...missing(group, "wanted"));
    if (given === "group") return [...lines, ...quotient(wanted, size(group))];
    if (trait === 1) lines.push(...missing(1 - group, ""));
  }
  const [first, second] = given === "trait" && group === 1 ? [others, wanted] : [wanted, others];
  return [...lines, ...writtenSum(first, "+", second, "all"), ...quotient(wanted, wanted + others)];
}

/** How many a test finds, of how many in all. */
function test(problem: Test): string[] {
  const { people, share, hits, alarms } = problem;
  const { ill, well, found, wrongly } = testCounts(problem);
  return [
    ...percent(people, share),
    ...writtenSum(people, "-", ill),
    ...percent(ill, hits),
    ...percent(well, alarms),
    ...writtenSum(found, "+", wrongly, "all"),
    ...quotient(found, found + wrongly),
  ];
}

/** p percent of n: `200*15/100=2*15`, then the product, then what is left of the 100. */
function percent(n: number, p: number): string[] {
  let [over, rate, under] = [n, p, 100];
  while (over % 10 === 0 && under > 1) [over, under] = [over / 10, under / 10];
  while (rate % 10 === 0 && under > 1) [rate, under] = [rate / 10, under / 10];
  const whole = `${n}*${p}/100`;
  const lines = writtenProduct(over, rate);
  if (under === 1) return lines.length === 1 ? [`${whole}=${lines[0]}`] : [`${whole}=${over}*${rate}`, ...lines];
  const start = under === 100 ? [] : [`${whole}=${over}*${rate}/${under}`];
  return [...start, ...lines, ...writtenQuotient(over * rate, under)];
}
