// Prints statements for the tests: operators without spaces, lists in square brackets.

import type { Statement } from "../src/syntax/expression.ts";
import { printExpression } from "../src/syntax/walk.ts";

export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "expression":
      return printExpression(statement.expression);
    case "chain":
      return statement.terms.map((term, k) => printExpression(term) + (statement.operators[k] ?? "")).join("");
    case "all":
    case "any":
      return `${statement.kind}[${statement.parts.map(printStatement).join("; ")}]`;
    case "tuple":
    case "set":
      return `${statement.kind}[${statement.items.map(printStatement).join("; ")}]`;
    case "congruence":
      return `${statement.terms.map(printExpression).join("≡")}(mod ${printExpression(statement.modulus)})`;
    case "infinity":
      return statement.negative ? "-∞" : "∞";
    case "complement":
      return `not[${printStatement(statement.of)}]`;
    case "interval": {
      const low = statement.low === undefined ? "" : printExpression(statement.low);
      const high = statement.high === undefined ? "" : printExpression(statement.high);
      return `interval${statement.lowClosed ? "[" : "("}${low}..${high}${statement.highClosed ? "]" : ")"}`;
    }
  }
}
