// What a problem of probability is, its probability and what its reasoning names on the way. Knows no wordings and no trace.

import { gcd } from "../../division.ts";

/**
 * `draw`: one of things of some sorts; `number`: one of the numbers 1 to n; `coins`: heads in n tosses; `draws`: two or three things, put
 * back or not; `dice`: the sum of two dice; `trials`: the same try again and again; `totals` and `cells`: a table of two groups and a
 * trait, told by the groups' sizes or by all four cells; `test`: a test that errs.
 */
export type Probability = Draw | Numbered | Coins | Draws | Dice | Trials | Table | Test;
export type Kind = Probability["kind"];

/** Sorts are known by their place in `counts`. The thing drawn is of one of the sorts `wanted`, or, with `isNot`, of none of them. */
export interface Draw {
  readonly kind: "draw";
  readonly counts: readonly number[];
  readonly wanted: readonly number[];
  readonly isNot: boolean;
}

export interface Numbered {
  readonly kind: "number";
  readonly n: number;
  readonly condition: "more" | "less" | "least" | "multiple";
  readonly k: number;
}

export interface Coins {
  readonly kind: "coins";
  readonly n: number;
  readonly condition: "exactly" | "least";
  readonly k: number;
}

/** `all`: every thing is of the first sort of `sorts`; `order`: first one, then the other; `each`: one of each; `some`: at least one of it. */
export interface Draws {
  readonly kind: "draws";
  readonly counts: readonly number[];
  readonly times: 2 | 3;
  readonly isBack: boolean;
  readonly event: "all" | "order" | "each" | "some";
  readonly sorts: readonly number[];
}

export interface Dice {
  readonly kind: "dice";
  readonly sides: readonly [number, number];
  readonly condition: "sum" | "least" | "most";
  readonly k: number;
}

/** n tries, each a success with probability over/under. */
export interface Trials {
  readonly kind: "trials";
  readonly over: number;
  readonly under: number;
  readonly n: number;
  readonly event: "all" | "none" | "some";
}

/** `cells[group]`: with the trait, without. One of a group (`given: "group"`) or of those with or without it is chosen; the other is asked. */
export interface Table {
  readonly kind: "totals" | "cells";
  readonly cells: readonly [readonly [number, number], readonly [number, number]];
  readonly given: "group" | "trait";
  readonly group: 0 | 1;
  readonly trait: 0 | 1;
}

/** Of `people`, `share` percent have it; the test finds `hits` percent of them, and `alarms` percent of the others. */
export interface Test {
  readonly kind: "test";
  readonly people: number;
  readonly share: number;
  readonly hits: number;
  readonly alarms: number;
}

/** A fraction in lowest terms, or a whole number over 1. */
export type Ratio = readonly [over: number, under: number];

export function ratio(over: number, under: number): Ratio {
  const common = gcd(over, under);
  return [over / common, under / common];
}

const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => ratio(a * c, b * d);
const without = ([a, b]: Ratio): Ratio => [b - a, b];
const whole = (n: number): Ratio => [n, 1];
export const sum = (numbers: readonly number[]): number => numbers.reduce((x, y) => x + y, 0);

/** n over k. */
export function choose(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value = (value * (n - i)) / (i + 1);
  return value;
}

/** The numbers that two dice may show for a sum that is listed: those that are asked for, or the others where these are fewer. */
export function listedPairs({ sides: [a, b], condition, k }: Dice): { pairs: [number, number][]; isOpposite: boolean } {
  const all: [number, number][] = [];
  for (let total = 2; total <= a + b; total++)
    for (let x = Math.max(1, total - b); x <= Math.min(a, total - 1); x++) all.push([x, total - x]);
  const isWanted = ([x, y]: [number, number]) =>
    condition === "sum" ? x + y === k : condition === "least" ? x + y >= k : x + y <= k;
  const wanted = all.filter(isWanted);
  const isOpposite = condition !== "sum" && wanted.length * 2 > all.length;
  return { pairs: isOpposite ? all.filter((pair) => !isWanted(pair)) : wanted, isOpposite };
}

/** The draws of one sort after the other: the chances of each of them. */
export function chances({ counts, isBack }: Draws, sorts: readonly number[]): Ratio[] {
  const left = [...counts];
  return sorts.map((sort) => {
    const chance: Ratio = [left[sort]!, sum(left)];
    if (!isBack) left[sort]!--;
    return chance;
  });
}

/** Which things decide a table: those among whom one is chosen, as the wanted ones and the others. */
export function chosenFrom({ cells, given, group, trait }: Table): { wanted: number; others: number } {
  const wanted = cells[group][trait];
  return { wanted, others: given === "group" ? cells[group][1 - trait]! : cells[1 - group]![trait] };
}

/** The counts of a test: with it, without, found, falsely found. */
export function testCounts({ people, share, hits, alarms }: Test) {
  const ill = (people * share) / 100;
  const well = people - ill;
  return { ill, well, found: (ill * hits) / 100, wrongly: (well * alarms) / 100 };
}

/** What the labels of the reasoning stand for: `P` is the probability that is asked. */
export function named(problem: Probability): Readonly<Record<string, Ratio>> & { readonly P: Ratio } {
  switch (problem.kind) {
    case "draw": {
      const all = sum(problem.counts);
      const told = sum(problem.wanted.map((sort) => problem.counts[sort]!));
      const wanted = problem.isNot ? all - told : told;
      return { all: whole(all), wanted: whole(wanted), P: ratio(wanted, all) };
    }
    case "number": {
      const { n, condition, k } = problem;
      const wanted = { more: n - k, less: k - 1, least: n - k + 1, multiple: Math.floor(n / k) }[condition];
      return { wanted: whole(wanted), P: ratio(wanted, n) };
    }
    case "coins": {
      const { n, condition, k } = problem;
      const all = 2 ** n;
      let wanted = choose(n, k);
      if (condition === "least") for (let i = k + 1; i <= n; i++) wanted += choose(n, i);
      return { all: whole(all), wanted: whole(wanted), P: ratio(wanted, all) };
    }
    case "draws":
      return namedDraws(problem);
    case "dice": {
      const { pairs, isOpposite } = listedPairs(problem);
      const all = problem.sides[0] * problem.sides[1];
      const listed = ratio(pairs.length, all);
      return isOpposite ? { all: whole(all), none: listed, P: without(listed) } : { all: whole(all), P: listed };
    }
    case "trials": {
      const { over, under, n, event } = problem;
      const power = (one: Ratio): Ratio => [one[0] ** n, one[1] ** n];
      if (event === "all") return { P: power([over, under]) };
      const not = without([over, under]);
      return event === "none" ? { not, P: power(not) } : { not, none: power(not), P: without(power(not)) };
    }
    case "totals":
    case "cells": {
      const { wanted, others } = chosenFrom(problem);
      return { all: whole(wanted + others), wanted: whole(wanted), P: ratio(wanted, wanted + others) };
    }
    case "test": {
      const { found, wrongly } = testCounts(problem);
      return { all: whole(found + wrongly), P: ratio(found, found + wrongly) };
    }
  }
}

function namedDraws(problem: Draws): Readonly<Record<string, Ratio>> & { readonly P: Ratio } {
  const all = sum(problem.counts);
  const [sort = 0, other = sort] = problem.sorts;
  const product = (ratios: readonly Ratio[]) => ratios.reduce(times, whole(1));
  switch (problem.event) {
    case "all": {
      const each = chances(problem, Array(problem.times).fill(sort));
      return { all: whole(all), P2: product(each.slice(0, 2)), P: product(each) };
    }
    case "order":
      return { all: whole(all), P: product(chances(problem, [sort, other])) };
    case "each": {
      const order = product(chances(problem, [sort, other]));
      return { all: whole(all), order, P: times(whole(2), order) };
    }
    case "some": {
      const none = product(chances(opposite(problem), [1, 1]));
      return { all: whole(all), others: whole(all - problem.counts[sort]!), none, P: without(none) };
    }
  }
}

/** At least one of a sort: the same draws with all other sorts as one, the second. */
export function opposite(problem: Draws): Draws {
  const wanted = problem.counts[problem.sorts[0]!]!;
  return { ...problem, counts: [wanted, sum(problem.counts) - wanted] };
}

/** Whether the numbers make sense, and the probability is neither 0 nor 1. */
export function isProblem(problem: Probability): boolean {
  const from = (low: number, ...numbers: readonly number[]) =>
    numbers.every((n) => Number.isInteger(n) && n >= low && n < 10_000);
  switch (problem.kind) {
    case "draw":
      if (!from(1, ...problem.counts) || problem.counts.length < 2) return false;
      break;
    case "number":
      if (!from(1, problem.n, problem.k) || problem.k > problem.n) return false;
      break;
    case "coins":
      if (!from(1, problem.n) || !from(0, problem.k) || problem.n > 12 || problem.k > problem.n) return false;
      break;
    case "draws": {
      const needed = problem.isBack ? 1 : problem.event === "all" ? problem.times : 1;
      if (!from(1, ...problem.counts) || problem.counts.length < 2) return false;
      if (problem.counts[problem.sorts[0]!]! < needed || (problem.event !== "all" && problem.times !== 2)) return false;
      break;
    }
    case "dice":
      if (!from(2, ...problem.sides, problem.k) || Math.max(...problem.sides) > 20) return false;
      break;
    case "trials":
      if (!from(1, problem.over, problem.under) || problem.over >= problem.under) return false;
      if (gcd(problem.over, problem.under) > 1 || problem.n < 2 || problem.n > 5 || problem.under > 20) return false;
      break;
    case "totals":
    case "cells":
      if (!from(1, ...problem.cells.flat())) return false;
      break;
    case "test":
      if (!from(1, problem.people, problem.share, problem.hits, problem.alarms, ...Object.values(testCounts(problem))))
        return false;
  }
  const [over, under] = named(problem).P;
  return over > 0 && over < under;
}

/** The same for equal problems: sorts, groups and dice have no order. */
export function keyOf(problem: Probability): string {
  const { kind } = problem;
  switch (kind) {
    case "draw": {
      const isWanted = (_: number, i: number) => problem.wanted.includes(i) !== problem.isNot;
      const sorted = (counts: readonly number[]) => [...counts].sort((a, b) => a - b).join("+");
      return `draw ${sorted(problem.counts.filter(isWanted))} of ${sorted(problem.counts)}`;
    }
    case "number":
      return `number to ${problem.n} ${problem.condition} ${problem.k}`;
    case "coins":
      return `coins ${problem.n} ${problem.condition} ${problem.k}`;
    case "draws": {
      const { counts, sorts, event, times, isBack } = problem;
      const rest = counts.filter((_, i) => !sorts.includes(i)).sort((a, b) => a - b);
      const chosen = sorts.map((sort) => counts[sort]!);
      if (event === "each" || event === "order") chosen.sort((a, b) => a - b); // both orders are equally likely
      return `draws ${event} ${times} ${isBack ? "back" : "kept"} ${chosen.join(" ")} of ${[...chosen, ...rest].join("+")}`;
    }
    case "dice":
      return `dice ${[...problem.sides].sort((a, b) => a - b).join(" ")} ${problem.condition} ${problem.k}`;
    case "trials":
      return `trials ${problem.event} ${problem.n} ${problem.over}/${problem.under}`;
    case "totals":
    case "cells": {
      const { cells, given, group, trait } = problem;
      const { wanted, others } = chosenFrom(problem);
      const beside = given === "group" ? cells[1 - group]![trait] : cells[group][1 - trait]!;
      const isBare = kind === "totals" && given === "group";
      return `${kind} ${isBare ? "group " : ""}${wanted} ${others} beside ${beside} ${cells[1 - group]![1 - trait]}`;
    }
    case "test":
      return `test ${problem.people} ${problem.share}% ${problem.hits}% ${problem.alarms}%`;
  }
}
