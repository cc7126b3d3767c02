// Systems of linear equations against each other: the same solutions exactly if each equation of one follows from the other system, or
// neither has a solution. A solution of one that breaks the other is the witness.

import type { Verdict } from "@lemma/protocol";
import * as Q from "../number/rational.ts";
import { proved, refuted } from "../verdict.ts";
import { atomsOf, type Formula } from "./formula.ts";
import { addForms, type LinearForm, LinearSystem, linearForm } from "./linear.ts";

/** The equations of a conjunction as forms that are 0; undefined where anything else occurs. */
function formsOf(formula: Formula): LinearForm[] | undefined {
  const isConjunction = (part: Formula): boolean =>
    part.kind === "atom" ||
    (part.kind === "and" ? part.parts.every(isConjunction) : part.parts.length === 1 && isConjunction(part.parts[0]!));
  if (!isConjunction(formula)) return undefined;
  const forms: LinearForm[] = [];
  for (const { left, operator, right } of atomsOf(formula)) {
    if (operator !== "=") return undefined;
    const [a, b] = [linearForm(left), linearForm(right)];
    if (a === undefined || b === undefined) return undefined;
    forms.push(addForms(a, b, Q.MINUS_ONE));
  }
  return forms;
}

function systemOf(forms: readonly LinearForm[]): LinearSystem {
  const system = new LinearSystem();
  for (const form of forms) system.add(form);
  return system;
}

/** Compares two systems; undefined where one is none. */
export function compareSystems(a: Formula, b: Formula): Verdict | undefined {
  const [left, right] = [formsOf(a), formsOf(b)];
  if (left === undefined || right === undefined) return undefined;
  const names = new Set([...left, ...right].flatMap((form) => [...form.coefficients.keys()]));
  const [first, second] = [systemOf(left), systemOf(right)];
  if (!first.isConsistent && !second.isConsistent) return proved("exact");
  const from = (system: LinearSystem, forms: readonly LinearForm[], isFirst: boolean): Verdict | undefined => {
    if (!system.isConsistent) return undefined;
    for (const form of forms) {
      const rest = system.reduce(form);
      if (rest.coefficients.size === 0 && Q.isZero(rest.constant)) continue;
      const point = pointOff(system, rest, names);
      return refuted({ ...point, first: String(isFirst), second: String(!isFirst) });
    }
    return undefined;
  };
  return from(first, right, true) ?? from(second, left, false) ?? proved("exact");
}

/** A solution of the system at which the reduced form is not 0. */
function pointOff(system: LinearSystem, form: LinearForm, names: ReadonlySet<string>): Record<string, string> {
  const [pivot] = form.coefficients.keys();
  const free = (value: Q.Rational): ReadonlyMap<string, Q.Rational> =>
    new Map([...names].map((name) => [name, name === pivot ? value : Q.ZERO]));
  // Along one free unknown the form is linear with a slope that is not 0: of two points one is no root.
  const isRoot = Q.isZero(form.constant);
  const at = free(isRoot ? Q.ONE : Q.ZERO);
  const point: Record<string, string> = {};
  for (const name of names) {
    const solved = system.solved.get(name);
    let value = solved?.constant ?? at.get(name)!;
    if (solved !== undefined)
      for (const [other, c] of solved.coefficients) value = Q.add(value, Q.mul(c, at.get(other) ?? Q.ZERO));
    point[name] = Q.toText(value);
  }
  return point;
}
