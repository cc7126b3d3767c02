// Reads two texts so that both mean what they say beside each other: single letters behind numbers are units where the other text has
// units, 1,234 is two numbers beside a list, i is the imaginary unit in values and an unknown in equations for it.

import type { Statement } from "./expression.ts";
import { type Reading, readStatement, type Vocabulary } from "./statement.ts";
import { expressionsOf, symbolsOf } from "./walk.ts";

/** Both readings; `isAmbiguous`: i may be an unknown or the imaginary unit, and nothing tells. */
export interface PairReading {
  readonly left: Reading;
  readonly right: Reading;
  readonly isAmbiguous: boolean;
}

const GROUPED = /\d,\d{3}(?!\d)/;

/** Reads a pair of texts. */
export function readPair(a: string, b: string, vocabulary: Vocabulary): PairReading {
  let known = vocabulary;
  let [left, right] = [readStatement(a, known), readStatement(b, known)];
  const again = (more: Vocabulary): void => {
    known = { ...known, ...more };
    [left, right] = [readStatement(a, known), readStatement(b, known)];
  };
  const isList = (reading: Reading): boolean => reading.ok && /^(?:set|tuple|all|any)$/.test(reading.statement.kind);
  if ((GROUPED.test(a) && isList(right)) || (GROUPED.test(b) && isList(left))) again({ list: true });
  if ((left.ok && left.hasUnits) !== (right.ok && right.hasUnits)) again({ units: true });
  else if (left.ok && left.hasUnits) again({ units: true });
  const usesI = [left, right].map((reading) => (reading.ok ? useOfI(reading.statement) : "none"));
  if (vocabulary.variables?.has("i") === true || usesI.every((use) => use === "none"))
    return { left, right, isAmbiguous: false };
  if (usesI.includes("unknown")) return { left, right, isAmbiguous: usesI.includes("either") };
  if (usesI.includes("either")) return { left, right, isAmbiguous: true };
  again({ imaginary: true });
  return { left, right, isAmbiguous: false };
}

/** How i is used: in a value (`2+3i`, `x = 2i`), as the one unknown of a relation (`2i = 6`), or either way. */
function useOfI(statement: Statement): "none" | "value" | "unknown" | "either" {
  const symbols = symbolsOf(...expressionsOf(statement));
  if (!symbols.has("i")) return "none";
  if (isValue(statement)) return "value";
  return symbols.size === 1 ? "unknown" : "either";
}

function isValue(statement: Statement): boolean {
  switch (statement.kind) {
    case "expression":
      return true;
    case "chain": {
      const [name] = statement.terms;
      const isEquality = statement.operators.every((operator) => operator === "=");
      return isEquality && name?.kind === "symbol" && name.name !== "i";
    }
    case "all":
    case "any":
      return statement.parts.every(isValue);
    case "tuple":
    case "set":
      return statement.items.every(isValue);
    default:
      return false;
  }
}
