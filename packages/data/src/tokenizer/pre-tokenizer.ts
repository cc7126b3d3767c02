// The `qwen2` pre-tokenizer: cuts text into the pieces inside which merges may happen. Knows nothing of vocabularies.

/** The pattern as tokenizer.json carries it (HF `Split`, behaviour `Isolated`). */
export const QWEN2_PATTERN =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

// ECMAScript's \s holds U+FEFF and lacks U+0085; the pattern means Unicode White_Space. A long s folds to s.
const SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const pattern = new RegExp(
  "'(?:[sSſtTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])" +
    "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+" +
    "|\\p{N}" +
    `| ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n]*` +
    `|[${SPACE}]*[\\r\\n]+` +
    `|[${SPACE}]+(?![^${SPACE}])` +
    `|[${SPACE}]+`,
  "gu",
);

/**
 * Cuts text into pre-tokens; joined they are the text again.
 * @example preTokenize("Solve 3x+12=0") // ["Solve", " ", "3", "x", "+", "1", "2", "=", "0"]
 */
export function preTokenize(text: string): string[] {
  return text.match(pattern) ?? [];
}
