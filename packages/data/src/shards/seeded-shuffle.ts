// A seeded shuffle of numbers, the same on every machine: sfc32 (Chris Doty-Humphrey's small fast counter generator,
// 32-bit words) and Fisher-Yates from the end. Knows nothing of what the numbers mean.

/** A generator of uint32 for a seed from 0 to 2^53 - 1 and a stream name. */
export function sfc32(seed: number, stream: string): () => number {
  let a = seed >>> 0;
  let b = Math.floor(seed / 0x100000000) >>> 0;
  let c = 0x811c9dc5;
  for (let i = 0; i < stream.length; i++) c = Math.imul(c ^ stream.charCodeAt(i), 0x01000193) >>> 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** Shuffles in place. The bias of the multiply-shift draw stays below n / 2^32 of a share. */
export function shuffleInPlace(values: Uint16Array | Uint32Array, next: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor((next() * (i + 1)) / 0x100000000);
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}
