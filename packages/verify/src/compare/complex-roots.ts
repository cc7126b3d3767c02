// Equations that no real number solves. Anything follows from them on the line, also a slip; so a claim is judged by the complex roots: what
// holds at all of them follows, what holds at none is wrong. Decided by division, without finding a root.

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import * as Q from "../number/rational.ts";
import * as U from "../number/univariate.ts";
import { proved, refuted } from "../verdict.ts";
import { atomsOf, type Formula } from "./formula.ts";
import { polynomialOf } from "./real-line.ts";

/**
 * Judges an equation by the complex roots of a known one, both between polynomials in the unknown; undefined where they are not, where the
 * known one has no roots, or where the claim holds at some roots only.
 * @example x^2+x=-7 follows from x^2+x+7=0; x^2+x=7 is refuted, since both sides differ by 14 there.
 */
export function judgeAtComplexRoots(
  known: readonly Formula[],
  claim: Formula,
  unknown: string,
  budget: Budget,
): Verdict | undefined {
  const [equation, ...others] = known.flatMap(atomsOf);
  const [asked, ...rest] = atomsOf(claim);
  if (equation === undefined || asked === undefined || others.length + rest.length > 0) return undefined;
  const p = polynomialOf(equation, unknown, budget);
  const q = polynomialOf(asked, unknown, budget);
  if (p === undefined || q === undefined || U.degree(p) < 1) return undefined;
  if (q.length === 0) return proved("exact");
  const roots = U.squareFree(p, budget);
  const shared = U.degree(U.gcd(roots, q, budget));
  if (shared === U.degree(roots)) return proved("exact");
  if (shared > 0) return undefined;
  const given = `${U.toText(p, unknown)}=0`;
  if (U.degree(q) === 1) {
    const root = Q.neg(Q.div(q[0]!, q[1]!));
    return refuted({ given, [unknown]: Q.toText(root), "left-right": Q.toText(U.valueAt(p, root)) });
  }
  const left = U.toText(U.remainder(q, p, budget), unknown);
  return refuted({ given, "left-right": left });
}
