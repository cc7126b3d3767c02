// The printable alphabet that byte-level BPE files use: one character for each of the 256 bytes (the GPT-2 convention).
// Printable Latin-1 bytes stand for themselves, the other 68 are shifted to U+0100 and up, in byte order.

const printable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);

/** `BYTE_TO_CHARACTER[byte]`: the character that stands for a byte in vocab and merges. Length 256. */
export const BYTE_TO_CHARACTER: readonly string[] = (() => {
  const table: string[] = [];
  let shifted = 0;
  for (let byte = 0; byte < 256; byte++) {
    table.push(String.fromCodePoint(printable(byte) ? byte : 0x100 + shifted++));
  }
  return table;
})();

/** The inverse of `BYTE_TO_CHARACTER`. */
export const CHARACTER_TO_BYTE: ReadonlyMap<string, number> = new Map(
  BYTE_TO_CHARACTER.map((character, byte) => [character, byte]),
);

const encoder = new TextEncoder();

/**
 * Spells text in the byte alphabet; lone surrogates become U+FFFD first, as UTF-8 has no form for them.
 * @example toByteAlphabet(" 你") // "Ġä½ł"
 */
export function toByteAlphabet(text: string): string {
  let spelled = "";
  for (const byte of encoder.encode(text)) spelled += BYTE_TO_CHARACTER[byte];
  return spelled;
}

/** The bytes that a string in the byte alphabet stands for; characters outside the alphabet are an error of the caller. */
export function fromByteAlphabet(spelled: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of spelled) {
    const byte = CHARACTER_TO_BYTE.get(character);
    if (byte === undefined) throw new RangeError(`"${character}" is not in the byte alphabet`);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
