// Finds a sum of powers and exponentials in a text, in any of the spellings that people type. Owns the scanner.

import type { DerivativeProblem, Term } from "./problem.ts";

const RATE = "(-?\\d*)\\s*\\*?\\s*([a-z])";
const TERM = new RegExp(
  `\\s*([+-])?\\s*(?:(\\d+)?\\s*\\*?\\s*(?:e\\s*\\^\\s*(?:\\(${RATE}\\)|\\{${RATE}\\}|([a-z]))|exp\\(${RATE}\\))|(?:(\\d+)\\s*\\*?\\s*)?([a-df-hj-z])(?![a-z('])(?:\\s*\\^\\s*\\{?(\\d+)\\}?)?|(\\d+))`,
  "iuy",
);

const NAMES_FUNCTION =
  /(?:[=(:：；;]|\b(?:of|time [a-z] is|differentiate|derive|differentiating|function(?: is)?|expression|does|derivate|differentiation to|moved)|\p{Script=Han})\s*$/iu;

/** The longest sum in the text that holds a letter; undefined where there is none. All terms have the same letter. */
export function readTerms(plain: string): DerivativeProblem | undefined {
  let best: { problem: DerivativeProblem; length: number } | undefined;
  for (let start = 0; start < plain.length; start++) {
    if (/\s/.test(plain[start]!) || /[\w.)]$|[-+^*/]\s*$|\w\($/.test(plain.slice(0, start))) continue;
    if (/[+-]/.test(plain[start]!) && /(?:\d|\)|\b[a-z])\s*$/i.test(plain.slice(0, start))) continue;
    const found = scan(plain, start);
    if (found !== undefined && (best === undefined || found.length > best.length)) best = found;
  }
  return best?.problem;
}

function scan(text: string, start: number): { problem: DerivativeProblem; length: number } | undefined {
  const terms: Term[] = [];
  const letters = new Set<string>();
  let at = start;
  for (;;) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (match === null || (terms.length > 0 && match[1] === undefined)) break;
    const [all, sign, ce, k1, x1, k2, x2, x3, k4, x4, c, x, power, plain] = match;
    const s = sign === "-" ? -1 : 1;
    const letter = x1 ?? x2 ?? x3 ?? x4 ?? x;
    if (letter !== undefined) letters.add(letter);
    if (x !== undefined) terms.push({ kind: "power", c: s * Number(c ?? 1), n: Number(power ?? 1) });
    else if (plain !== undefined) terms.push({ kind: "power", c: s * Number(plain), n: 0 });
    else {
      const rate = k1 ?? k2 ?? k4 ?? "";
      terms.push({
        kind: "exponential",
        c: s * Number(ce ?? 1),
        n: rate === "" ? 1 : rate === "-" ? -1 : Number(rate),
      });
    }
    at += all.length;
  }
  const letter = [...letters][0];
  // What follows must not belong to the sum: an operator, an equation's other side, a letter.
  if (letter === undefined || letters.size > 1 || /^\s*(?:[-+*/^]|=\s*[^\s?？.。])|^\w/.test(text.slice(at)))
    return undefined;
  // A lone letter is a function only where something names it as one (`y = x`, `the derivative of x`).
  const isLone = /^\s*[a-z]\s*$/i.test(text.slice(start, at));
  if (
    isLone &&
    !NAMES_FUNCTION.test(text.slice(0, start)) &&
    !/^\s*(?:change|[:：]|\p{Script=Han})/u.test(text.slice(at))
  )
    return undefined;
  return { problem: { letter, terms }, length: at - start };
}
