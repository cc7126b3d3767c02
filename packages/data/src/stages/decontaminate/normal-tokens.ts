// The words of a text without the ways of writing it: line wrapping, case, punctuation, Markdown and Unicode forms don't matter, a
// formula's signs do. Owns what a token is for matching; not the model's tokenizer.
//
// Compatibility forms are unified (NFKD and back), accents and invisible characters dropped, case folded, `12,000` is 12000, x² is
// x^2, a word cut at a line's end is one word. A token is a number, a run of letters, one character of a script that has no gaps
// between words, or a sign between operands (`3-5`, but not `well-known`, `- item` or `*word*`).

/** Longer texts are normalised in pieces of about this many UTF-16 units, cut at a line's end. */
const PIECE = 1 << 20;
/** How far before a piece's end a good place for the cut is looked for. */
const CUT_WITHIN = 1 << 14;

const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|\p{N}+(?:\.\p{N}+)*|[[\p{L}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]]+|[\-+*\/=<>^[\p{Sm}--[\|~]]]/gv;
const SUPERSCRIPT = /[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+/g;
/** Marks over letters (not U+0338, which makes ≠ of =) and characters that nobody sees. */
const UNSEEN = /[\u0300-\u0337\u0339-\u036f\p{Cf}]/gu;
const DASHES = /[\u2010-\u2015\u2212]/g;
const TIMES = /[\u00d7\u00b7\u2219\u22c5]|\\(?:times|cdot)(?![a-z])/g;
const DIVIDED = /[\u00f7\u2215]|\\div(?![a-z])/g;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;
const CUT_WORD = /(?<=\p{Ll})-[ \t]*\r?\n[ \t]*(?=\p{Ll})/gu;

/** The text in one form, before it is cut into tokens. */
function unified(text: string): string {
  return text
    .toWellFormed()
    .replace(SUPERSCRIPT, (digits) => `^${digits}`)
    .normalize("NFKD")
    .replace(UNSEEN, "")
    .normalize("NFC")
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(DASHES, "-")
    .replace(TIMES, "*")
    .replace(DIVIDED, "/")
    .replace(THOUSANDS, "")
    .replace(CUT_WORD, "");
}

const LETTER = /[\p{L}\p{M}]/u;
const DIGIT = /\p{N}/u;
const BEFORE = /[\p{L}\p{M}\p{N})\]}|]/u;
const AFTER = /[\p{L}\p{N}([{\\|√∫∑∏]/u;

/** Whether the character at `at` is a formula's sign, and no bullet, emphasis, hyphen or underline. */
function isSign(text: string, at: number): boolean {
  const sign = text[at]!;
  if (!/[-+*/=<>^]/.test(sign)) return true;
  const gapLeft = text[at - 1] === " ";
  const gapRight = text[at + 1] === " ";
  const leftAt = gapLeft ? at - 2 : at - 1;
  const rightAt = gapRight ? at + 2 : at + 1;
  const left = text[leftAt] ?? "\n";
  const right = text[rightAt] ?? "\n";
  const isLone = (i: number, step: number): boolean => LETTER.test(text[i] ?? "") && !LETTER.test(text[i + step] ?? "");
  if (!BEFORE.test(left)) return sign === "-" && !gapRight && (DIGIT.test(right) || isLone(rightAt, 1));
  if (!AFTER.test(right)) return "=<>^".includes(sign) && (right === "-" || right === "+");
  if ("=<>^".includes(sign)) return true;
  if (gapLeft !== gapRight) return sign === "+";
  return sign === "+" || DIGIT.test(left) || DIGIT.test(right) || (isLone(leftAt, -1) && isLone(rightAt, 1));
}

/**
 * Gives each token of a text to `take`, in order.
 * @example
 * const tokens: string[] = [];
 * forEachToken("**Solve** 3x\n+5 = 20!", (token) => tokens.push(token)); // solve 3 x + 5 = 20
 */
export function forEachToken(text: string, take: (token: string) => void): void {
  for (let from = 0; from < text.length; ) {
    const to = cutAfter(text, from);
    const piece = unified(from === 0 && to === text.length ? text : text.slice(from, to)).replace(/\s+/g, spaceOf);
    for (const match of piece.matchAll(TOKEN)) {
      const token = match[0];
      if (token.length === 1 && /[-+*/=<>^]/.test(token) && !isSign(piece, match.index)) continue;
      take(token);
    }
    from = to;
  }
}

/** One space for any run of white space; a line's end stays visible before a bullet or a quote, where no formula is cut. */
function spaceOf(space: string, at: number, text: string): string {
  const end = space.indexOf("\n");
  const next = text[at + space.length];
  if (end < 0 || next === undefined || !"-+*>".includes(next) || text[at + space.length + 1] !== " ") return " ";
  const left = text[at - 1] ?? "";
  const isOperand = DIGIT.test(left) || left === ")" || (LETTER.test(left) && !LETTER.test(text[at - 2] ?? ""));
  return isOperand && space.indexOf("\n", end + 1) < 0 ? " " : "\n";
}

/** Where the piece that begins at `from` ends. */
function cutAfter(text: string, from: number): number {
  const most = from + PIECE;
  if (most >= text.length) return text.length;
  for (const mark of ["\n\n", "\n", " "]) {
    const at = text.lastIndexOf(mark, most - 1);
    if (at > most - CUT_WITHIN) return at + mark.length;
  }
  return most - (/[\ud800-\udbff]/.test(text[most - 1]!) ? 1 : 0);
}

/** All tokens of a text. */
export function normalTokens(text: string): string[] {
  const tokens: string[] = [];
  forEachToken(text, (token) => void tokens.push(token));
  return tokens;
}
