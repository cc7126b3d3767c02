// Whether two tokenizers give the same ids, text by text. Knows neither of them.

/** A text on which two tokenizers differ. */
export interface TokenizerDifference {
  text: string;
  ours: number[];
  theirs: number[];
}

/**
 * The texts whose ids differ.
 * @example compareTokenizers(["a"], [Uint32Array.of(1)], () => [2]) // [{ text: "a", ours: [1], theirs: [2] }]
 */
export function compareTokenizers(
  texts: readonly string[],
  ours: readonly Uint32Array[],
  encode: (text: string) => ArrayLike<number>,
): TokenizerDifference[] {
  const different: TokenizerDifference[] = [];
  for (const [i, text] of texts.entries()) {
    const theirs = Array.from(encode(text));
    const own = Array.from(ours[i] ?? []);
    if (own.length !== theirs.length || own.some((id, k) => id !== theirs[k])) {
      different.push({ text, ours: own, theirs });
    }
  }
  return different;
}
