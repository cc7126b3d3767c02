// Plain text and Markdown: a file is a document.

import type { Format } from "./format.ts";
import { wholeBytes } from "./unpack.ts";

/** Text as it is; bytes that are no UTF-8 become U+FFFD, which `clean` mends or counts. */
export const text: Format = {
  name: "text",
  extensions: [".txt", ".text", ".md", ".markdown"],
  packed: true,
  async *read(bytes, path, { limits }) {
    const whole = new TextDecoder("utf-8").decode(await wholeBytes(bytes, path, limits.documentBytes));
    yield { text: whole, place: { start: 0, end: whole.length } };
  },
};
