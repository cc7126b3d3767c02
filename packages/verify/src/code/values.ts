// JSON values that a program returned, against those that were expected. Owns reading and comparing them exactly: whole numbers of
// any size, no rounding unless a tolerance says so. The text comes from a hostile program, so its depth is bounded.

/** A JSON value; whole numbers that a double can't hold may be given as bigint. */
export type CodeValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CodeValue[]
  | { readonly [key: string]: CodeValue };

/** Deeper nesting than this is not read. */
export const DEEPEST = 200;

/** JSON text of a value; whole numbers with all their digits. */
export function valueText(value: CodeValue): string {
  return JSON.stringify(value, (_, part: unknown) => {
    const isLarge = typeof part === "number" && Number.isInteger(part) && !Number.isSafeInteger(part);
    return typeof part === "bigint" || isLarge ? (JSON as unknown as RawJson).rawJSON(String(BigInt(part))) : part;
  });
}

interface RawJson {
  rawJSON(text: string): unknown;
}

/** Reads JSON; whole numbers beyond 2^53 become bigint. Undefined where it is no JSON or nested too deep. */
export function readValue(text: string): CodeValue | undefined {
  if (depthOf(text) > DEEPEST) return undefined;
  try {
    return JSON.parse(text, ((_key: string, part: unknown, { source }: { source?: string }) =>
      typeof part === "number" && !Number.isSafeInteger(part) && /^-?\d+$/.test(source ?? "")
        ? BigInt(source!)
        : part) as Parameters<typeof JSON.parse>[1]) as CodeValue;
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
    } else if (char === "[" || char === "{") deepest = Math.max(deepest, ++depth);
    else if (char === "]" || char === "}") depth--;
  }
  return deepest;
}

/** Whether two values are equal; numbers may differ by `tolerance`, absolutely or of the expected one's size. */
export function equalValues(found: CodeValue, expected: CodeValue, tolerance = 0): boolean {
  if (isNumber(found) && isNumber(expected)) {
    // Neither is greater: exact, and the same between bigint and number.
    if (!(found < expected) && !(found > expected)) return true;
    const [a, b] = [Number(found), Number(expected)];
    return tolerance > 0 && Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
  }
  if (typeof found !== "object" || typeof expected !== "object" || found === null || expected === null)
    return found === expected;
  if (Array.isArray(found) !== Array.isArray(expected)) return false;
  const names = Object.keys(expected);
  if (Object.keys(found).length !== names.length) return false;
  const [left, right] = [found, expected] as Record<string, CodeValue>[];
  return names.every((name) => Object.hasOwn(left!, name) && equalValues(left![name]!, right![name]!, tolerance));
}

const isNumber = (value: CodeValue): value is number | bigint => typeof value === "number" || typeof value === "bigint";
