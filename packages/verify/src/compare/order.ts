// Orderings over bare names: what a set of facts such as Ann > Bob says of another pair. Owns reachability, nothing else.

import type { RelationOperator } from "../syntax/expression.ts";

/** What the facts say of a claim about two names; `path` are the facts used. */
export interface OrderVerdict {
  readonly holds: boolean;
  readonly path: readonly OrderFact[];
}

export interface OrderFact {
  readonly high: string;
  readonly low: string;
  readonly isStrict: boolean;
  readonly step: number;
}

/** The facts of one relation between names, `=` as two weak ones. */
export function orderFacts(left: string, operator: RelationOperator, right: string, step: number): OrderFact[] {
  switch (operator) {
    case ">":
    case ">=":
      return [{ high: left, low: right, isStrict: operator === ">", step }];
    case "<":
    case "<=":
      return [{ high: right, low: left, isStrict: operator === "<", step }];
    case "=":
      return [
        { high: left, low: right, isStrict: false, step },
        { high: right, low: left, isStrict: false, step },
      ];
    default:
      return [];
  }
}

/** A shortest descending path from one name to another; strict ones are preferred. Undefined where there is none. */
function descend(
  facts: readonly OrderFact[],
  from: string,
  to: string,
): { strict?: readonly OrderFact[]; weak?: readonly OrderFact[] } {
  const found: { strict?: readonly OrderFact[]; weak?: readonly OrderFact[] } = {};
  const queue: { at: string; isStrict: boolean; path: readonly OrderFact[] }[] = [
    { at: from, isStrict: false, path: [] },
  ];
  const seen = new Set([`${from} weak`]);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next.at === to) {
      if (next.isStrict) found.strict ??= next.path;
      else found.weak ??= next.path;
      if (found.strict !== undefined) return found;
    }
    for (const fact of facts) {
      if (fact.high !== next.at) continue;
      const isStrict = next.isStrict || fact.isStrict;
      const key = `${fact.low} ${isStrict ? "strict" : "weak"}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ at: fact.low, isStrict, path: [...next.path, fact] });
    }
  }
  return found;
}

/** Whether the facts force or exclude a relation between two names; undefined where they leave it open. */
export function judgeOrder(
  facts: readonly OrderFact[],
  left: string,
  operator: RelationOperator,
  right: string,
): OrderVerdict | undefined {
  const down = descend(facts, left, right);
  const up = descend(facts, right, left);
  const yes = (path: readonly OrderFact[] | undefined): OrderVerdict | undefined =>
    path === undefined ? undefined : { holds: true, path };
  const no = (path: readonly OrderFact[] | undefined): OrderVerdict | undefined =>
    path === undefined ? undefined : { holds: false, path };
  const both = down.weak !== undefined && up.weak !== undefined ? [...down.weak, ...up.weak] : undefined;
  switch (operator) {
    case ">":
      return yes(down.strict) ?? no(up.strict) ?? no(up.weak);
    case "<":
      return yes(up.strict) ?? no(down.strict) ?? no(down.weak);
    case ">=":
      return yes(down.strict) ?? yes(down.weak) ?? no(up.strict);
    case "<=":
      return yes(up.strict) ?? yes(up.weak) ?? no(down.strict);
    case "=":
      return yes(both) ?? no(down.strict) ?? no(up.strict);
    case "!=":
      return yes(down.strict) ?? yes(up.strict) ?? no(both);
  }
}
