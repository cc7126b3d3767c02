// Walks a trace and reports every number, word or letter that is not computable from earlier text. Owns the machine-checkable
// form of the law "a token may need at most one look-up or one small fact":
// - a number is known if it stands in the question or earlier in the trace, or is one digit of such a number, or is 0 or 1 (an absent
//   term, an unwritten coefficient), or belongs to the family's fixed vocabulary (the numbers of three houses);
// - a new number must be one small fact away from the numbers of the side before it in the same chain: a sum or difference of
//   numbers up to three digits, a product or quotient with one small operand, a product of two digits with zeros, a carry or a
//   borrow; the first side of a line and the answer hold no new numbers;
// - or it is read off the columns above it: their last digits from the bottom up, zeros in front dropped;
// - a word or letter stands in the question or earlier in the trace, or belongs to the family's fixed vocabulary.
// Must not know any family.

/** What could not be computed: the line's number (the answer has the number after the last line), the line and the token. */
export interface LintIssue {
  readonly line: number;
  readonly text: string;
  readonly token: string;
}

const NUMBER = /\d+/g;
const WORD = /\p{L}+/gu;

/**
 * The issues of one trace and its answer; empty where every token follows.
 * @example
 * lintTrace("47+38=?", ["7+8=15", "4+3+1=8", "47+38=85"], "85"); // []
 * lintTrace("47+38=?", ["7+8=15", "47+38=86"], "86"); // [{ line: 1, text: "47+38=86", token: "86" }, …]
 */
export function lintTrace(
  question: string,
  lines: readonly string[],
  answer: string,
  vocabulary: ReadonlySet<string> = new Set(),
): LintIssue[] {
  const issues: LintIssue[] = [];
  const numbers = new Set<string>(["0", "1", ...vocabulary]);
  const words = new Set<string>(vocabulary);
  const columns: string[] = [];
  const learn = (text: string) => {
    for (const [token] of text.matchAll(NUMBER)) {
      numbers.add(token);
      for (const digit of token) numbers.add(digit);
    }
    for (const [word] of text.matchAll(WORD)) {
      words.add(word);
      for (const letter of word) words.add(letter);
    }
  };
  learn(question);
  [...lines, answer].forEach((text, line) => {
    const report = (token: string) => issues.push({ line, text, token });
    const colon = text.search(/[:：]/);
    const label = colon < 0 ? "" : text.slice(0, colon);
    for (const [token] of label.matchAll(NUMBER)) if (!numbers.has(token)) report(token);
    if (label !== "") columns.length = 0;
    const sides = text.slice(colon + 1).split(/<=|>=|!=|[=<>]/);
    let before: readonly string[] = [];
    sides.forEach((side, i) => {
      const found = side.match(NUMBER) ?? [];
      for (const token of found) {
        if (numbers.has(token) || assembled(columns, token)) continue;
        if (i === 0 || line === lines.length || !isSmallFact(before, token)) report(token);
      }
      before = found;
      for (const token of found) numbers.add(token);
    });
    for (const [word] of text.matchAll(WORD))
      if (!words.has(word) && ![...word].every((letter) => words.has(letter))) report(word);
    columns.push(text);
    learn(text);
  });
  return issues;
}

/** Whether a number is the result of the columns above: `15`, `8` gives 85; zeros may follow (tens) or fall away in front. */
function assembled(columns: readonly string[], token: string): boolean {
  const results = columns.map((line) => /=(\d+)$/.exec(line)?.[1]);
  for (let start = 0; start < results.length; start++) {
    const run = results.slice(start);
    if (run.some((result) => result === undefined)) continue;
    const [top = "", ...rest] = run.reverse() as string[];
    const digits = top + rest.map((result) => result.at(-1)).join("");
    if (
      BigInt(digits) === BigInt(token) ||
      BigInt(`${digits}0`) === BigInt(token) ||
      BigInt(`${digits}00`) === BigInt(token)
    )
      return true;
  }
  return false;
}

const SMALL = 1000;

/** Whether one small fact leads from the numbers of one side to `token`. */
function isSmallFact(source: readonly string[], token: string): boolean {
  const target = Number(token);
  const written = [...new Set(source.map(Number))];
  const known = [...written, 1]; // a letter alone has the coefficient 1
  const digits = [1, ...new Set([...source.join("")].map(Number))];
  if (written.some((p) => target === p + 10 || target === p - 1)) return true;
  if (digits.some((p) => digits.some((q) => [1, 10, 100, 1000].some((ten) => target === p * q * ten)))) return true;
  const isShort = (n: number) => n < 10 || (n % 10 === 0 && n < 100);
  const two = known.some((p) =>
    known.some((q) => {
      const sum = p < SMALL && q < SMALL && (target === p + q || target === Math.abs(p - q));
      const product = target === p * q && target < SMALL && (isShort(p) || isShort(q));
      const quotient = q !== 0 && target * q === p && p < SMALL && (target < 100 || q < 10);
      return sum || product || quotient;
    }),
  );
  // A column with its carry or borrow: `4+3+1`, `4*8+5`, `14-5-1`.
  const column = ([p, q, r]: number[]) => [p! * q! + r!, p! + q! + r!, p! - q! - r!].includes(target);
  return (
    two ||
    (source.length === 3 &&
      Number(source[0]) < 20 &&
      source.slice(1).every((n) => n.length === 1) &&
      column(source.map(Number)))
  );
}
