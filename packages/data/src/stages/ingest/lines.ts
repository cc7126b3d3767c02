// Lines of a stream of bytes. Owns the bound on a line: a longer one is passed over, not kept in memory.

/** A line without its end; `undefined` in place of one that is too long. */
export interface NumberedLine {
  /** From 1. */
  number: number;
  bytes: Buffer | undefined;
}

/** Cuts bytes at "\n"; a "\r" before it and a byte order mark are dropped. The last line needs no end. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<NumberedLine> {
  let number = 0;
  let held: Buffer[] = [];
  let size = 0;
  const finish = (tail: Buffer): NumberedLine => {
    number++;
    const isLong = size + tail.length > most;
    let bytes = isLong ? undefined : held.length === 0 ? tail : Buffer.concat([...held, tail]);
    if (bytes?.at(-1) === 13) bytes = bytes.subarray(0, -1);
    if (number === 1 && bytes?.subarray(0, 3).equals(BOM)) bytes = bytes.subarray(3);
    held = [];
    size = 0;
    return { number, bytes };
  };
  for await (const piece of pieces) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, from)) {
      yield finish(buffer.subarray(from, at));
      from = at + 1;
    }
    if (from === buffer.length) continue;
    size += buffer.length - from;
    if (size <= most) held.push(Buffer.from(buffer.subarray(from)));
    else held = [];
  }
  if (size > 0) yield finish(Buffer.alloc(0));
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
