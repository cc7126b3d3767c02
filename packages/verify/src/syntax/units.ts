// Units of measurement behind numbers. A unit is read as its value in base units, which are symbols in square brackets (`[m]`, `[s]`), so
// that 5 cm = 50 mm is ordinary algebra. Owns the table and the rule by which a word is a unit and no product of letters.

import { fromDecimal, type Rational } from "../number/rational.ts";
import type { Expression } from "./expression.ts";
import type { Token } from "./tokens.ts";

interface Unit {
  readonly factor: Rational;
  /** Base symbols with their exponents: `m s^-2`. */
  readonly base: string;
  /** A name of one or two letters that could as well be variables: a unit only where the text has surer ones. */
  readonly isAmbiguous: boolean;
}

// name … = factor base [?]; the factors of SI and of the international yard and pound are exact by definition.
const TABLE = `
m? meter meters metre metres 米 = 1 m
km kilometer kilometers kilometre kilometres 千米 公里 = 1000 m
dm 分米 = 0.1 m
cm centimeter centimeters centimetre centimetres 厘米 = 0.01 m
mm millimeter millimeters millimetre millimetres 毫米 = 0.001 m
μm um micrometer micrometers 微米 = 0.000001 m
nm nanometer nanometers 纳米 = 0.000000001 m
inch inches 英寸 = 0.0254 m
ft? foot feet 英尺 = 0.3048 m
yd? yard yards 码 = 0.9144 m
mile miles 英里 = 1609.344 m
kg kilogram kilograms 千克 公斤 = 1 kg
g? gram grams 克 = 0.001 kg
mg milligram milligrams 毫克 = 0.000001 kg
t? ton tons tonne tonnes 吨 = 1000 kg
斤 = 0.5 kg
lb pound pounds 磅 = 0.45359237 kg
ounce ounces 盎司 = 0.028349523125 kg
s? second seconds 秒 = 1 s
ms? millisecond milliseconds 毫秒 = 0.001 s
min minute minutes 分钟 = 60 s
h? hr hour hours 小时 = 3600 s
day days 天 日 = 86400 s
week weeks 周 星期 = 604800 s
L? l? liter liters litre litres 升 = 0.001 m^3
mL ml milliliter milliliters millilitre millilitres 毫升 = 0.000001 m^3
hectare hectares 公顷 = 10000 m^2
mph = 0.44704 m s^-1
kph = 1/3.6 m s^-1
N? newton newtons 牛顿 牛 = 1 kg m s^-2
kN = 1000 kg m s^-2
Pa pascal pascals 帕 = 1 kg m^-1 s^-2
kPa 千帕 = 1000 kg m^-1 s^-2
J? joule joules 焦耳 焦 = 1 kg m^2 s^-2
kJ 千焦 = 1000 kg m^2 s^-2
kWh 千瓦时 = 3600000 kg m^2 s^-2
W? watt watts 瓦 = 1 kg m^2 s^-3
kW 千瓦 = 1000 kg m^2 s^-3
Hz hertz 赫兹 = 1 s^-1
K? kelvin 开尔文 = 1 K
mol 摩尔 = 1 mol
dollar dollars 美元 = 1 dollar
cent cents 美分 = 0.01 dollar
yuan 元 = 1 yuan
角 = 0.1 yuan
degree degrees = π/180
radian radians 弧度 = 1
percent percents = 0.01
`;

const UNITS = new Map<string, Unit>();
for (const line of TABLE.trim().split("\n")) {
  const [names, value] = line.split(" = ") as [string, string];
  const [factor, ...base] = value.split(" ") as [string, ...string[]];
  if (factor === "π/180") continue;
  const [over, under] = factor.split("/") as [string, string?];
  const exact = fromDecimal(over);
  const divided = under === undefined ? exact : { n: exact.n * fromDecimal(under).d, d: fromDecimal(under).n };
  for (const name of names.split(" ")) {
    const isAmbiguous = name.endsWith("?");
    UNITS.set(isAmbiguous ? name.slice(0, -1) : name, { factor: divided, base: base.join(" "), isAmbiguous });
  }
}

/** Degrees as a word. */
const DEGREES = new Set(["degree", "degrees"]);

/** Whether a symbol is a base unit. */
export const isUnitSymbol = (name: string): boolean => name.startsWith("[");

/** The value of a unit; a word that is none counts things: `5 apples` is 5·[apples]. */
export function unitValue(name: string): Expression {
  if (DEGREES.has(name)) {
    return {
      kind: "quotient",
      over: { kind: "constant", name: "pi" },
      under: { kind: "number", value: { n: 180n, d: 1n } },
    };
  }
  const unit = UNITS.get(name);
  if (unit === undefined) return { kind: "symbol", name: `[${name}]` };
  const factors: Expression[] = [{ kind: "number", value: unit.factor }];
  for (const part of unit.base.split(" ").filter((text) => text !== "")) {
    const [symbol, exponent] = part.split("^") as [string, string?];
    const base: Expression = { kind: "symbol", name: `[${symbol}]` };
    factors.push(
      exponent === undefined
        ? base
        : { kind: "power", base, exponent: { kind: "number", value: { n: BigInt(exponent), d: 1n } } },
    );
  }
  return factors.length === 1 ? factors[0]! : { kind: "product", factors };
}

/**
 * Turns words behind numbers into unit tokens: `5 cm`, `3 m/s`, `\text{ kg}`. One and two letters that may be variables only where `sure`
 * (the caller found a surer unit) or where \text{…} says so. Returns whether any unit was found.
 */
export function markUnits(tokens: Token[], sure: boolean): boolean {
  let found = false;
  for (let k = 0; k < tokens.length; k++) {
    const token = tokens[k]!;
    if (token.kind === "label") {
      tokens.splice(k, 1, ...labelTokens(token.text, token.at));
      found = true;
    } else if (
      (token.kind === "word" || token.kind === "name") &&
      followsQuantity(tokens, k) &&
      !opensBracket(tokens, k + 1)
    ) {
      const name = unitName(token.text, sure || tokens[k - 1]?.kind === "unit" || isUnderUnit(tokens, k));
      if (name === undefined) continue;
      tokens[k] = { kind: "unit", at: token.at, text: name };
      found = true;
    }
  }
  return found;
}

/** 3 min(1, x) is no time. */
function opensBracket(tokens: readonly Token[], k: number): boolean {
  const token = tokens[k];
  return token?.kind === "operator" && token.text === "(";
}

function unitName(text: string, sure: boolean): string | undefined {
  if (DEGREES.has(text)) return text;
  const unit = UNITS.get(text);
  return unit !== undefined && (sure || !unit.isAmbiguous) ? text : undefined;
}

/** Behind a number, a percent sign, a unit, or a unit and `/` or `·`. */
function followsQuantity(tokens: readonly Token[], k: number): boolean {
  const before = tokens[k - 1];
  if (before?.kind === "number" || before?.kind === "unit") return true;
  if (before?.kind !== "operator") return false;
  if (before.text === "}" && isFraction(tokens, k - 1)) return true;
  return (before.text === "/" || before.text === "*") && isUnderUnit(tokens, k);
}

/** Whether a unit (or a power of one) stands before the `/` or `·` before k. */
function isUnderUnit(tokens: readonly Token[], k: number): boolean {
  const sign = tokens[k - 1];
  if (sign?.kind !== "operator" || (sign.text !== "/" && sign.text !== "*")) return false;
  if (tokens[k - 2]?.kind === "unit") return true;
  const caret = tokens[k - 3];
  return (
    tokens[k - 2]?.kind === "number" &&
    caret?.kind === "operator" &&
    caret.text === "^" &&
    tokens[k - 4]?.kind === "unit"
  );
}

/** Whether the brace that closes at k belongs to a fraction of numbers: \frac{1}{2} cm. */
function isFraction(tokens: readonly Token[], k: number): boolean {
  return tokens[k - 6]?.kind === "command" && tokens[k - 1]?.kind === "number" && tokens[k - 4]?.kind === "number";
}

/** The tokens of a label such as `km/h`, `m^2`, `square meters`, `apples`. */
function labelTokens(text: string, at: number): Token[] {
  const squared = /^(square|cubic|平方|立方)\s*(.+)$/.exec(text);
  const power = squared === null ? undefined : squared[1] === "square" || squared[1] === "平方" ? 2n : 3n;
  const tokens: Token[] = [];
  for (const [piece] of (squared?.[2] ?? text).matchAll(/[\p{L}°µ]+|\d+|[²³]|\S/gu)) {
    if (/^\p{L}/u.test(piece)) tokens.push({ kind: "unit", at, text: piece === "µm" ? "μm" : piece });
    else if (/^\d+$/.test(piece)) tokens.push({ kind: "number", at, value: { n: BigInt(piece), d: 1n }, places: 0 });
    else if (piece === "²" || piece === "³") tokens.push(...raisedTo(piece === "²" ? 2n : 3n, at));
    else tokens.push({ kind: "operator", at, text: piece === "·" ? "*" : piece });
  }
  if (power !== undefined) tokens.push(...raisedTo(power, at));
  return tokens;
}

const raisedTo = (n: bigint, at: number): Token[] => [
  { kind: "operator", at, text: "^" },
  { kind: "number", at, value: { n, d: 1n }, places: 0 },
];
