// What a line of JSON may look like before it is parsed. Owns the bounds; reads the bytes once, from left to right, and builds nothing.

/** Lists and objects in one another: what writes them out again calls itself once for each. */
export const JSON_DEPTH = 256;
/** Values of one record: each takes some tens of bytes of memory, whatever the two bytes in the file. */
export const JSON_VALUES = 1 << 22;

const [QUOTE, COMMA, BACKSLASH] = [34, 44, 92];
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);

/** Why a line is refused; undefined where it is not, be it JSON or not. */
export function jsonProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2 * JSON_DEPTH) return undefined; // too short to be either
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA) values++;
    else if (OPEN.has(byte)) {
      values++;
      if (++depth > JSON_DEPTH) return `lists and objects nested deeper than ${JSON_DEPTH}`;
    } else if (CLOSE.has(byte)) depth--;
    if (values > JSON_VALUES) return `more than ${JSON_VALUES} values`;
  }
  return undefined;
}

/** Where the closing quote is; behind the last byte where there is none. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let before = at;
    while (bytes[before - 1] === BACKSLASH) before--;
    if ((at - before) % 2 === 0) return at;
  }
  return bytes.length;
}
