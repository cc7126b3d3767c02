// Where the lines or paragraphs of a text stand. Owns what a line is: up to and with its line feed; a paragraph: lines up to and with the
// blank ones behind them. All places together are the text.

const isBlank = (text: string, start: number, end: number): boolean => text.slice(start, end).trim() === "";

/** Visits the places of a text in order. */
export function visitLines(
  text: string,
  unit: "lines" | "paragraphs",
  visit: (start: number, end: number) => void,
): void {
  let start = 0;
  let wasBlank = false;
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed < 0 ? text.length : feed + 1;
    const blank = unit === "paragraphs" && isBlank(text, at, end);
    if (at > start && (unit === "lines" || (wasBlank && !blank))) {
      visit(start, at);
      start = at;
    }
    wasBlank = blank;
    at = end;
  }
  if (start < text.length) visit(start, text.length);
}
