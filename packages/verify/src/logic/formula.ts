// Formulas of propositional and first-order logic: their tree and how they are read. Connectives in Unicode, LaTeX, ASCII and words.
// Binding from tight to loose: ¬ and quantifiers, ∧, ⊕, ∨, → (to the right), ↔.

/** A formula. Atoms have no arguments in propositional logic; arguments are variables or constants by name. */
export type Formula =
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "atom"; readonly name: string; readonly of: readonly string[] }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "and" | "or" | "xor" | "implies" | "iff"; readonly left: Formula; readonly right: Formula }
  | { readonly kind: "every" | "some"; readonly variable: string; readonly of: Formula };

type Connective = "and" | "or" | "xor" | "implies" | "iff";

const TOKEN =
  /\s+|\\(?:left|right|quad)(?![a-zA-Z])|\\[,;!]|(\\?(?:[a-zA-Z]+)(?:_\{?\w+\}?)?|[A-Za-z]\d*|<->|<=>|->|=>|&&|\|\||[¬~!∧&∨|⊕→⇒⟹↔⇔∀∃⊤⊥(),.[\]:]|[\u3400-\u9fff]+)/y;

const MEANINGS: Readonly<Record<string, string>> = {
  "¬": "not", "~": "not", "!": "not", "\\neg": "not", "\\lnot": "not", not: "not", NOT: "not", 非: "not",
  "∧": "and", "&": "and", "&&": "and", "\\land": "and", "\\wedge": "and", and: "and", AND: "and", 且: "and",
  "∨": "or", "|": "or", "||": "or", "\\lor": "or", "\\vee": "or", or: "or", OR: "or", 或: "or",
  "⊕": "xor", "\\oplus": "xor", xor: "xor", XOR: "xor", "→": "implies", "⇒": "implies", "⟹": "implies", "->": "implies", "=>": "implies", "\\to": "implies", "\\rightarrow": "implies",
  "\\Rightarrow": "implies", "\\implies": "implies", implies: "implies", "↔": "iff", "⇔": "iff", "<->": "iff", "<=>": "iff", "\\leftrightarrow": "iff", "\\Leftrightarrow": "iff", "\\iff": "iff", iff: "iff",
  "∀": "every", "\\forall": "every", "∃": "some", "\\exists": "some", forall: "every", exists: "some", "⊤": "true", "\\top": "true", true: "true", "⊥": "false", "\\bot": "false", false: "false",
}; // biome-ignore format: a table reads better packed

/** Signs that only logic has: where none stands, a text may as well be algebra. */
const LOGICAL =
  /[¬∧∨⊕→⇒⟹↔⇔∀∃]|\\(?:neg|lnot|land|lor|wedge|vee|to|rightarrow|Rightarrow|implies|leftrightarrow|Leftrightarrow|iff|forall|exists|oplus)(?![a-zA-Z])|->|<->|&&|\|\|/;

const TOKEN_LIMIT = 2000;
const DEPTH_LIMIT = 80;

/** Whether a text has a sign that only logic uses. */
export const looksLogical = (text: string): boolean => LOGICAL.test(text);

/**
 * Reads a formula; undefined where the text is none.
 * @example
 * readFormula("\\forall x (P(x) \\to Q(x))"); // { kind: "every", variable: "x", of: … }
 */
export function readFormula(text: string): Formula | undefined {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null || tokens.length > TOKEN_LIMIT) return undefined;
    if (found[1] !== undefined) tokens.push(found[1].replace(/[_{}]/g, ""));
    at = TOKEN.lastIndex;
  }
  try {
    const reader = new FormulaReader(tokens);
    const formula = reader.formula(0);
    return reader.isAtEnd ? formula : undefined;
  } catch (problem) {
    if (problem instanceof NoFormula) return undefined;
    throw problem;
  }
}

class NoFormula extends Error {}

/** Loosest first; `implies` groups to the right. */
const LEVELS: readonly Connective[] = ["iff", "implies", "or", "xor", "and"];

class FormulaReader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  #meaning(): string | undefined {
    const token = this.#tokens[this.#at];
    return token === undefined ? undefined : Object.hasOwn(MEANINGS, token) ? MEANINGS[token] : token;
  }

  #take(meaning: string): boolean {
    if (this.#meaning() !== meaning) return false;
    this.#at++;
    return true;
  }

  formula(level: number): Formula {
    if (++this.#depth > DEPTH_LIMIT * LEVELS.length) throw new NoFormula();
    const connective = LEVELS[level];
    if (connective === undefined) {
      const value = this.#unary();
      this.#depth--;
      return value;
    }
    let left = this.formula(level + 1);
    while (this.#take(connective)) {
      const right = this.formula(connective === "implies" ? level : level + 1);
      left = { kind: connective, left, right };
    }
    this.#depth--;
    return left;
  }

  #unary(): Formula {
    if (++this.#depth > DEPTH_LIMIT * LEVELS.length) throw new NoFormula();
    const value = this.#operand();
    this.#depth--;
    return value;
  }

  #operand(): Formula {
    if (this.#take("not")) return { kind: "not", of: this.#unary() };
    for (const kind of ["every", "some"] as const) {
      if (!this.#take(kind)) continue;
      const variable = this.#name();
      if (!this.#take(".")) this.#take(":");
      return { kind, variable, of: this.#unary() };
    }
    for (const value of [true, false]) if (this.#take(String(value))) return { kind: "truth", value };
    for (const [open, close] of [
      ["(", ")"],
      ["[", "]"],
    ] as const) {
      if (!this.#take(open)) continue;
      const inside = this.formula(0);
      if (!this.#take(close)) throw new NoFormula();
      return inside;
    }
    const name = this.#name();
    const of: string[] = [];
    if (this.#tokens[this.#at] === "(") {
      this.#at++;
      do of.push(this.#name());
      while (this.#take(","));
      if (!this.#take(")")) throw new NoFormula();
    }
    return { kind: "atom", name, of };
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined || Object.hasOwn(MEANINGS, token) || !/^[\p{L}]/u.test(token)) throw new NoFormula();
    this.#at++;
    return token;
  }
}
