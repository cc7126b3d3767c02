// Reads problems of sets from texts: sets with an operation, sizes with a product or a power set. Owns that reading for both languages;
// counted groups are read-counts.ts's.

import { NAMES } from "../ordering/names.ts";
import type { Elements, Expression, Operation, Problem } from "./problem.ts";
import { readCounts } from "./read-counts.ts";
import { OPERATION_WORDS } from "./say.ts";

const LONGEST = 700;
const MOST_SETS = 3;
const MOST_ELEMENTS = 20;

const SIGNS: Readonly<Record<string, Operation>> = {
  "∪": "∪",
  "\\cup": "∪",
  "∩": "∩",
  "\\cap": "∩",
  "\\": "\\",
  "∖": "\\",
  "-": "\\",
  "−": "\\",
  "\\setminus": "\\",
  "\\backslash": "\\",
  "△": "△",
  Δ: "△",
  "∆": "△",
  "⊕": "△",
  "\\triangle": "△",
  "\\bigtriangleup": "△",
  "\\oplus": "△",
  "\\Delta": "△",
};
const SIGN = "(?:\\\\(?:cup|cap|setminus|backslash|bigtriangleup|triangle|oplus|Delta)(?![a-z])|[∪∩∖△Δ∆⊕\\\\−-])";
const SET = "[A-Z](?![A-Za-z])";
const PAIR = `${SET}\\s*${SIGN}\\s*${SET}`;
const SIDE = `(?:\\(\\s*${PAIR}\\s*\\)|${SET})`;
const IN_SIGNS = new RegExp(`(?<![A-Za-z])${SIDE}\\s*${SIGN}\\s*${SIDE}`, "g");
const ASSIGNMENT = /(?<![A-Za-z])([A-Z])\s*(?:=|:|：)\s*(\\?\{[^{}=]{0,200}\}|∅)/g;

/** Words for operations; the first of two sets is `a`. */
const IN_WORDS: readonly { readonly op: Operation; readonly regex: RegExp }[] = (["en", "zh"] as const).flatMap(
  (language) => {
    const { trained, heldOut } = OPERATION_WORDS[language];
    const typed: readonly (readonly [Operation, string])[] =
      language === "en"
        ? [
            ["∪", "union of {a} and {b}"],
            ["∩", "intersection of {a} and {b}"],
            ["△", "symmetric difference of {a} and {b}"],
            ["\\", "in {a} but not in {b}"],
            ["∩", "in both {a} and {b}"],
          ]
        : [
            ["∪", "{a}和{b}的并集"],
            ["∩", "{a}和{b}的交集"],
            ["△", "{a}和{b}的对称差"],
            ["\\", "{a}与{b}的差集"],
          ];
    return [...Object.entries(trained), ...Object.entries(heldOut), ...typed].map(([op, text]) => ({
      op: op as Operation,
      regex: new RegExp(text.replace(/ /g, "\\s+").replace("{a}", "(?<a>[A-Z])").replace("{b}", "(?<b>[A-Z])"), "u"),
    }));
  },
);

function readExpression(text: string, letters: readonly string[]): Expression | undefined {
  const tokens = text.match(new RegExp(`${SIGN}|[A-Z]|[()]`, "g")) ?? [];
  let at = 0;
  const side = (): Expression | undefined => {
    if (tokens[at] === "(") {
      at++;
      const inner = pair();
      return tokens[at++] === ")" ? inner : undefined;
    }
    const set = letters.indexOf(tokens[at++] ?? "");
    return set < 0 ? undefined : set;
  };
  const pair = (): Expression | undefined => {
    const left = side();
    const op = SIGNS[tokens[at++] ?? ""];
    const right = side();
    return left === undefined || op === undefined || right === undefined ? undefined : { op, left, right };
  };
  const read = pair();
  return at === tokens.length ? read : undefined;
}

/** Elements as numbers: numbers themselves, letters or names by their place. */
function readElements(texts: readonly (readonly string[])[]): Pick<Elements, "of" | "sets"> | undefined {
  const all = texts.flat();
  const readers: readonly [Elements["of"], (text: string) => number][] = [
    ["numbers", (text) => (/^-?\d{1,4}$/.test(text) ? Number(text) : -1)],
    ["letters", (text) => (/^[a-z]$/.test(text) ? text.charCodeAt(0) - 97 : -1)],
    ["names", (text) => Math.max(NAMES.en.indexOf(text), NAMES.zh.indexOf(text))],
  ];
  for (const [of, read] of readers) {
    const sets = texts.map((set) => set.map(read));
    if (all.length > 0 && sets.flat().every((one) => one >= 0)) return { of, sets };
  }
  return undefined;
}

function readSets(text: string): Problem | undefined {
  const found = [...text.matchAll(ASSIGNMENT)];
  const letters = found.map(([, letter]) => letter!);
  if (letters.length < 2 || letters.length > MOST_SETS || new Set(letters).size < letters.length) return undefined;
  const texts = found.map(([, , body = ""]) =>
    body
      .replace(/[\\{}∅]/g, "")
      .split(/[,，、;；/]/)
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  );
  const elements = readElements(texts);
  const isFit = texts.every((set) => set.length <= MOST_ELEMENTS && new Set(set).size === set.length);
  const rest = text.replace(ASSIGNMENT, " ; ");
  const signs = [...rest.matchAll(IN_SIGNS)].map(([one]) => readExpression(one, letters));
  const words = IN_WORDS.flatMap(({ op, regex }): Expression[] => {
    const groups = regex.exec(rest)?.groups;
    const [left, right] = [letters.indexOf(groups?.a ?? ""), letters.indexOf(groups?.b ?? "")];
    return left < 0 || right < 0 ? [] : [{ op, left, right }];
  });
  const expressions = [...new Map([...signs, ...words].map((one) => [JSON.stringify(one), one])).values()];
  const [expression] = expressions;
  if (elements === undefined || !isFit || expressions.length !== 1 || expression === undefined) return undefined;
  // Sets in the order in which the expression names them, as they are told.
  return { kind: "elements", ...elements, expression, letters };
}

const SIZE =
  /\|\s*([A-Z])\s*\|\s*=\s*(\d{1,4})|(?<![A-Za-z])([A-Z])(?: has | contains | is made of |有|内含元素|含有)(\d{1,4})(?: elements| members| things|个元素|枚)/g;
const PRODUCT =
  /([A-Z])\s*(?:×|\\times(?![a-z]))\s*([A-Z])(?![A-Za-z])|(?:pairs|序偶)\s*\(([A-Z]), ?([A-Z])\)|product of ([A-Z]) and ([A-Z])/;
const POWER =
  /power set of ([A-Z])|(?<![A-Za-z])P\(([A-Z])\)|subsets? (?:of|does) ([A-Z])|([A-Z])的幂集|([A-Z])(?:的(?:所有|全部)|全体|有多少个|有几个)子集/;

function readSizes(text: string): Problem | undefined {
  const sizes = new Map([...text.matchAll(SIZE)].map(([, a, m, b, n]) => [(a ?? b)!, Number(m ?? n)]));
  const named = (match: RegExpExecArray | null) => match?.slice(1).filter((one) => one !== undefined) ?? [];
  const [product, power] = [named(PRODUCT.exec(text)), named(POWER.exec(text))];
  const letters = product.length > 0 ? product : power;
  if ((product.length > 0 && power.length > 0) || letters.length === 0 || sizes.size !== letters.length)
    return undefined;
  const [m, n] = letters.map((letter) => sizes.get(letter));
  if (m === undefined || (letters.length === 2 && (n === undefined || letters[0] === letters[1]))) return undefined;
  if (m < 1 || (n ?? 1) < 1 || m > (n === undefined ? 16 : 999) || (n ?? 0) > 999) return undefined;
  return { kind: "sizes", sizes: n === undefined ? [m] : [m, n], letters };
}

/** Reads a problem; undefined where a text asks nothing of sets. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST || !/\d|\{/.test(question)) return undefined;
  return readSets(question) ?? readSizes(question) ?? readCounts(question);
}
