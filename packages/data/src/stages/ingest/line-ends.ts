// Lines of a page as text: paragraphs parted by an empty line, words that a line end cut in two made whole. Owns these rules; knows no
// format.

/** A line with its height and how far its foot is from the bottom of the page, in one unit. */
export interface PageLine {
  text: string;
  y: number;
  height: number;
}

/** More than this many heights from one foot to the next is a new paragraph; ordinary lines are 1.1 to 1.5 apart. */
const PARAGRAPH = 1.8;

/** Lines in reading order as text. A line higher up than the one before begins a new column or block. */
export function linesText(lines: readonly PageLine[]): string {
  let text = "";
  let before: PageLine | undefined;
  for (const line of lines) {
    if (line.text.trim() === "") continue;
    if (before !== undefined) {
      const height = Math.min(before.height, line.height) || 1;
      const down = before.y - line.y;
      text += down > PARAGRAPH * height || down < -height ? "\n\n" : "\n";
    }
    text += line.text.trimEnd();
    before = line;
  }
  return text.trim();
}

/** Letters, a hyphen or a soft hyphen, a line end, a small letter and what follows it up to a space. */
const CUT = /(\p{L}{1,40})([-\u2010\u00ad])\n([ \t]{0,8})(?=\p{Ll})(\S{1,60}) ?/gu;

/**
 * Makes words whole that were cut at a line's end: `agree-\nment` becomes `agreement\n`. The hyphen stays where the text elsewhere writes
 * the word with one (`long-term`), and more often than without.
 * @example mendHyphens("This agree-\nment ends.") // "This agreement\nends."
 */
export function mendHyphens(text: string): string {
  let words: Map<string, number> | undefined;
  return text.replace(CUT, (_, head: string, hyphen: string, _space: string, tail: string) => {
    words ??= wordCounts(text);
    const rest = /^[\p{L}\p{M}]*/u.exec(tail)![0];
    const whole = words.get((head + rest).toLowerCase()) ?? 0;
    const parted = words.get(`${head}-${rest}`.toLowerCase()) ?? 0;
    return `${head}${hyphen !== "\u00ad" && parted > whole ? "-" : ""}${tail}\n`;
  });
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/\p{L}+(?:-\p{L}+)*/gu)) {
    const key = word.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
