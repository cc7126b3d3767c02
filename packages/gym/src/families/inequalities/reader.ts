// Reads a typed inequality out of a question (`Solve 3 - 2x ≤ 7`). Owns the scanner of its sides and signs.

import { questionText } from "../../question-text.ts";
import { readSide as readSum } from "../quadratics/reader.ts";
import { type Inequality, normal, type Side, type Sign } from "./problem.ts";

const SIGN = /\s*([<>]=?)\s*/y;
const NOT_ALONE = /[=∫]|print|console|`|\blim|derivative|->|→|\b(?:if|while)\b.*:\s*$/i;

/** The text with `<=` for `≤` and `\leq`. */
const plainSigns = (text: string): string =>
  text
    .replace(/[≤⩽≦]|\\l(?:eq?|eqslant)(?![a-z])/g, "<=")
    .replace(/[≥⩾≧]|\\g(?:eq?|eqslant)(?![a-z])/g, ">=")
    .replace(/\\lt(?![a-z])|＜/g, "<")
    .replace(/\\gt(?![a-z])|＞/g, ">")
    .replaceAll("$", "")
    .replaceAll("²", "^2");

/** The one inequality in a text; undefined where none of ours stands there, or something beside it. */
export function readInequality(text: string): Inequality | undefined {
  const question = questionText(text);
  const plain = question === undefined ? "" : plainSigns(question);
  if (!/[<>]/.test(plain) || NOT_ALONE.test(plain.replace(/[<>]=|\b[a-z]\s*=\s*[?？]/gi, ""))) return undefined;
  for (let start = 0; start < plain.length; start++) {
    const before = plain.slice(Math.max(0, start - 6), start);
    if (!/[\da-z+-]/i.test(plain[start]!) || /[\w.)\\]$|[-+^*/<>(]\s*$/.test(before)) continue;
    if (/[+-]/.test(plain[start]!) && /(?:\d|\)|\b[a-z])\s*$/i.test(before)) continue;
    const found = readAt(plain, start);
    if (found === undefined) continue;
    const { letters, sides, signs, end } = found;
    const [letter] = letters;
    const rest = plain.slice(0, start) + plain.slice(end);
    if (
      letter === undefined ||
      letters.size > 1 ||
      /[<>]/.test(rest) ||
      /^\s*(?:[-+^*/]|\()|^[\w.]\w/.test(plain.slice(end))
    )
      return undefined;
    return normal(letter, sides, signs);
  }
  return undefined;
}

function readAt(text: string, start: number) {
  const sides: Side[] = [];
  const signs: Sign[] = [];
  const letters = new Set<string>();
  for (let at = start; ; ) {
    const side = readSum(text, at);
    if (side === undefined) return undefined;
    sides.push([side.c, side.b, side.a]);
    for (const letter of side.letters) letters.add(letter);
    SIGN.lastIndex = side.end;
    const sign = SIGN.exec(text);
    if (sign === null || signs.length === 2)
      return signs.length === 0 ? undefined : { sides, signs, letters, end: side.end };
    signs.push(sign[1] as Sign);
    at = SIGN.lastIndex;
  }
}
