// How 2×2 systems are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {s} and {t} the equations, {x} {y} the letters, {first} and {second} the unknowns in words, {a} {b} {d} {e} coefficients
// ({b} and {e} without sign, {B} and {E} with it), {c} {f} right sides.

import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { equation, type LinearSystem } from "./problem.ts";
import { KINDS, type Kind, type Wording } from "./sentences.ts";

const nameOf = ({ b, e, things }: Kind) => `${b} ${e} ${things}`;

function kindOf({ rows: [[a, b, c], [d, e, f]], letters }: LinearSystem): Kind {
  const determinant = a * e - d * b;
  const positive = (...numbers: number[]) => numbers.every((n) => n > 0);
  const values = [(c * e - f * b) / determinant, (a * f - d * c) / determinant];
  const priced = letters[0] === "x" && letters[1] === "y" ? "countable" : "priced";
  const things = !positive(a, b, d, e) ? "" : positive(c, f, ...values) ? priced : "cards";
  return { b: b > 0 ? 1 : -1, e: e > 0 ? 1 : -1, things };
}

function slotsFor({ letters, rows }: LinearSystem, random: Random) {
  const [[a, b, c], [d, e, f]] = rows;
  const space = random.chance(0.5) ? " " : "";
  return {
    x: letters[0],
    y: letters[1],
    a: String(a),
    b: String(Math.abs(b)),
    B: String(b),
    c: String(c),
    d: String(d),
    e: String(Math.abs(e)),
    E: String(e),
    f: String(f),
    s: equation(rows[0], letters, space),
    t: equation(rows[1], letters, space),
  };
}

/** The wordings of the family, by language. */
export const linearSystemPhrasings = phrasingsFrom<LinearSystem, Wording>({ en: ENGLISH, zh: CHINESE }, (wording) => {
  const templates: ReadonlyMap<string, Template> =
    typeof wording === "string"
      ? new Map([["", template(wording)]])
      : new Map(KINDS.map((kind) => [nameOf(kind), template(wording(kind))]));
  return {
    templates: [...templates.values()],
    render(problem, random) {
      const form = templates.get("") ?? templates.get(nameOf(kindOf(problem)));
      return form!.render(slotsFor(problem, random), random);
    },
  };
});

let read: Matcher<Kind> | undefined;

function wordMatcher(): Matcher<Kind> {
  const entries = new Map<string, Kind>();
  for (const { heldOut, trained } of [ENGLISH, CHINESE])
    for (const wording of [...heldOut, ...trained])
      for (const kind of KINDS) {
        const text = typeof wording === "string" ? wording : wording(kind);
        if (text.includes("{a}") && !entries.has(text)) entries.set(text, kind);
      }
  const [letter, signed] = ["[a-z]", "-?\\d+"];
  return matcher(
    [...entries].map(([text, kind]) => [template(text), kind] as const),
    { x: letter, y: letter, a: signed, b: "\\d+", B: signed, c: signed, d: signed, e: "\\d+", E: signed, f: signed },
  );
}

const TYPED =
  /(?<![\w.^*/(])(-?)\s*(\d*)(?:\s*\*\s*)?([a-z])\s*([+-])\s*(\d*)(?:\s*\*\s*)?([a-z])\s*=\s*(-?\d+)(?![\w^*/(]|\.\d)/giu;

/** Reads a 2×2 system from a question: two typed equations, or one of the wordings. */
export function readLinearSystem(question: string): LinearSystem | undefined {
  const plain = questionText(question);
  if (plain === undefined) return undefined;
  const typed = [...plain.matchAll(TYPED)];
  if (typed.length === 2) {
    const rows = typed.map((match) => {
      const [, minus, a, x, sign, b, y, c] = match as unknown as string[];
      return { x, y, row: [Number(`${minus}${a || 1}`), Number(`${sign}${b || 1}`), Number(c)] as const };
    });
    const [one, two] = rows as [(typeof rows)[number], (typeof rows)[number]];
    if (one.x === one.y) return undefined;
    if (one.x === two.y && one.y === two.x) two.row = [two.row[1], two.row[0], two.row[2]] as const;
    else if (one.x !== two.x || one.y !== two.y) return undefined;
    return { letters: [one.x!, one.y!], rows: [one.row, two.row] };
  }
  read ??= wordMatcher();
  const found = read(plain);
  if (found === undefined) return undefined;
  const { x = "x", y = "y", a, b, B, c, d, e, E, f } = found.slots;
  const { b: signB, e: signE } = found.tag;
  return {
    letters: [x, y],
    rows: [
      [Number(a), B === undefined ? signB * Number(b) : Number(B), Number(c)],
      [Number(d), E === undefined ? signE * Number(e) : Number(E), Number(f)],
    ],
  };
}
