// Lines of code as rows of tokens: what counts as a change of one token, and how a line is shown as an answer. Owns that; knows no
// meaning of programs.

const TOKEN = /\d+|[A-Za-z_][\w.]*|===|!==|==|!=|<=|>=|\+=|-=|\*=|%=|\+\+|--|[^\s\w]/g;

/** Marks and words that make no difference between lines. */
const IDLE = /^(?:[;{}:]|let|var|const)$/;

/** The tokens of a line that matter. */
export function lineTokens(line: string): string[] {
  return (line.match(TOKEN) ?? []).filter((token) => !IDLE.test(token));
}

/** The line as an answer: without indentation and closing mark. A brace would be half a pair inside a box. */
export function shownLine(line: string): string {
  return line.trim().replace(/\s*[;:{]$/, "");
}

/** The line with the last token `from` as `to`; undefined where it has none. */
export function replaceToken(line: string, from: string, to: string): string | undefined {
  const found = [...line.matchAll(TOKEN)].filter(([token]) => token === from).at(-1);
  return found === undefined ? undefined : line.slice(0, found.index) + to + line.slice(found.index + from.length);
}

/** `line` with the one token by which `candidate` differs from it; undefined where they differ in none or in more. */
export function withChange(line: string, candidate: string): string | undefined {
  const own = [...line.matchAll(TOKEN)].filter(([token]) => !IDLE.test(token));
  const other = lineTokens(candidate);
  if (own.length !== other.length) return undefined;
  const changed = own.flatMap((match, i) => (match[0] === other[i] ? [] : [{ match, to: other[i]! }]));
  const [only] = changed;
  if (only === undefined || changed.length > 1) return undefined;
  const { match, to } = only;
  return line.slice(0, match.index) + to + line.slice(match.index + match[0].length);
}
