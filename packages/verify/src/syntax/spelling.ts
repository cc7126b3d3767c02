// How mathematics is spelled: which characters, LaTeX commands and Chinese words stand for which plain token. Owns tables only; tokens.ts
// cuts the text with them.

/** One character for one plain token. */
export const CHARACTERS: Readonly<Record<string, string>> = {
  "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "＊": "*", "÷": "/", "∕": "/", "／": "/", "−": "-", "–": "-", "－": "-", "＋": "+",
  "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "，": ",", "、": ",", "；": ";", "∶": ":", "：": ":", ":": ":", "＝": "=", "＜": "<", "＞": ">",
  "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=", "≡": "≡", "≈": "≈", "≒": "≈", "≃": "≈", "′": "'", "’": "'", "″": "''", "∧": "and", "∨": "or",
  "±": "±", "∈": "in", "∪": "union", "∩": "intersection", "∖": "setminus", "∅": "emptyset", "ℝ": "reals", "π": "pi", "∞": "infinity", "√": "sqrt", "∛": "cbrt", "°": "°",
  "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "&": "&", "⟨": "(", "⟩": ")", "℃": "°C", "℉": "°F", "％": "%",
}; // biome-ignore format: a table reads better packed

/** LaTeX commands for one plain token. */
export const COMMANDS: Readonly<Record<string, string>> = {
  cdot: "*", times: "*", ast: "*", div: "/", pm: "±", le: "<=", leq: "<=", leqslant: "<=", leqq: "<=", ge: ">=", geq: ">=", geqslant: ">=", geqq: ">=",
  ne: "!=", neq: "!=", lt: "<", gt: ">", land: "and", wedge: "and", lor: "or", vee: "or", in: "in", cup: "union", infty: "infinity",
  cap: "intersection", setminus: "setminus", backslash: "setminus", emptyset: "emptyset", varnothing: "emptyset", equiv: "≡", approx: "≈", approxeq: "≈", thickapprox: "≈", doteq: "≈", simeq: "≈",
  pi: "pi", lbrace: "\\{", rbrace: "\\}", lbrack: "[", rbrack: "]", lvert: "|", rvert: "|", vert: "|", mid: "|", prime: "'", percent: "%", degree: "°", circ: "°", colon: ":",
  lfloor: "⌊", rfloor: "⌋", lceil: "⌈", rceil: "⌉", langle: "(", rangle: ")", dfrac: "frac", tfrac: "frac", cfrac: "frac", dbinom: "binom", tbinom: "binom", fbox: "boxed",
}; // biome-ignore format: a table reads better packed

/** Commands that the reader knows by name, beside those that name a function. */
export const KEPT: ReadonlySet<string> = new Set("frac sqrt boxed binom sum prod int det".split(" "));

/** Commands without meaning. */
export const SPACING: ReadonlySet<string> = new Set(
  "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle quad qquad limits middle nolimits hline".split(" "),
); // biome-ignore format: a list reads better packed

/** Commands whose braces hold text. */
export const TEXT_COMMANDS: ReadonlySet<string> = new Set(
  "text mathrm operatorname mathbf mathit textbf textrm textit mbox rm mathsf bm boldsymbol".split(" "),
);

/** Commands that decorate a name and are dropped. */
export const ACCENTS: ReadonlySet<string> = new Set("vec hat bar tilde overrightarrow".split(" "));

/** Greek letters: the command's name is the symbol's, and the letter is read as the same. */
export const GREEK_LETTERS: Readonly<Record<string, string>> = {
  α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ζ: "zeta", η: "eta", θ: "theta", ι: "iota", κ: "kappa", λ: "lambda", μ: "mu", ν: "nu", ξ: "xi", ρ: "rho",
  σ: "sigma", τ: "tau", φ: "phi", ϕ: "phi", χ: "chi", ψ: "psi", ω: "omega", Δ: "Delta", Ω: "Omega",
}; // biome-ignore format: a table reads better packed

export const GREEK_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(GREEK_LETTERS),
  "varepsilon",
  "vartheta",
  "varphi",
]);

/** Chinese words with a meaning of their own, longest first. */
export const CHINESE: readonly (readonly [string, string])[] = [
  ["大于或等于", ">="], ["小于或等于", "<="], ["大于等于", ">="], ["小于等于", "<="], ["不等于", "!="], ["约等于", "≈"], ["近似等于", "≈"], ["全体实数", "reals"], ["任意实数", "reals"], ["所有实数", "reals"],
  ["无实数解", "emptyset"], ["没有实数解", "emptyset"], ["无解", "emptyset"], ["空集", "emptyset"], ["约为", "≈"], ["大于", ">"], ["小于", "<"], ["等于", "="], ["属于", "in"], ["或者", "or"], ["并且", "and"],
  ["或", "or"], ["且", "and"], ["和", "and"],
]; // biome-ignore format: a table reads better packed

/** Chinese characters that mean something only between numbers: 3又1/2, 3比4, 90度, 约3. */
export const CHINESE_BESIDE_NUMBERS: Readonly<Record<string, string>> = { 又: "又", 比: ":", 度: "°", 约: "≈" };

/** English phrases, alone or in \text{…}. */
export const PHRASES: Readonly<Record<string, string>> = {
  "no solution": "emptyset", "no solutions": "emptyset", "no real solution": "emptyset", "no real solutions": "emptyset", "empty set": "emptyset",
  "all real numbers": "reals", "all reals": "reals", "approximately": "≈", "is approximately": "≈", "about": "≈",
}; // biome-ignore format: a table reads better packed

/** Fractions that Unicode has characters for. */
export const FRACTIONS: Readonly<Record<string, readonly [number, number]>> = {
  "½": [1, 2], "⅓": [1, 3], "⅔": [2, 3], "¼": [1, 4], "¾": [3, 4], "⅕": [1, 5], "⅖": [2, 5], "⅗": [3, 5], "⅘": [4, 5], "⅙": [1, 6], "⅚": [5, 6], "⅛": [1, 8], "⅜": [3, 8], "⅝": [5, 8], "⅞": [7, 8],
}; // biome-ignore format: a table reads better packed

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣⁱ";
const RAISED_PLAIN = "0123456789+-()nxi";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** What a raised character stands for; undefined for any other. */
export function raised(character: string): string | undefined {
  const at = character === "" ? -1 : RAISED.indexOf(character);
  return at < 0 ? undefined : RAISED_PLAIN[at];
}

/** The digit of a lowered character; undefined for any other. */
export function lowered(character: string): string | undefined {
  const at = character === "" ? -1 : LOWERED.indexOf(character);
  return at < 0 ? undefined : String(at);
}
