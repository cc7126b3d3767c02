// Text, numbers and tables as HTML. Whatever stands in a text stays text.

/** Text as HTML shows it, whatever is in it; characters that HTML may not have become U+FFFD. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "\ufffd")
    .replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** 1234567 as `1,234,567`, the same on every machine. */
export const grouped = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",");

/** A share of a whole as `12.3 %`. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;

/** A table; columns from `numbers` on are numbers. `head` and `rows` are HTML. It scrolls by itself where the page is narrow. */
export function table(head: readonly string[], rows: readonly string[], numbers: number): string {
  const titles = head.map((title, i) => `<th${i >= numbers ? ' class="n"' : ""}>${title}</th>`);
  return `<div class="table" tabindex="0"><table><thead><tr>${titles.join("")}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}
