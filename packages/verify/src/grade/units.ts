// Units behind an answer: where a question fixes the unit (`how many percent`, `in km`), the bare number and the number with that
// unit say the same. Owns their removal; which units a question fixes stands in the verifier (`units`).

/**
 * The text without one of the units behind its number, also as LaTeX; any other text as it is.
 * @example
 * withoutUnit("15\\%", ["%", "percent"]); // "15"
 * withoutUnit("15 km", ["%"]); // "15 km"
 */
export function withoutUnit(text: string, units: unknown): string {
  if (!Array.isArray(units)) return text;
  const plain = text
    .replace(/\\(?:text|mathrm)\s*\{([^{}]*)\}/g, " $1")
    .replace(/\\([%,; ])/g, (_, mark: string) => (mark === "%" ? "%" : " "))
    .trim();
  const lower = plain.toLowerCase();
  for (const unit of units) {
    if (typeof unit !== "string" || unit === "" || !lower.endsWith(unit.toLowerCase())) continue;
    const number = plain.slice(0, plain.length - unit.length).trimEnd();
    if (/[\d)}]$/.test(number)) return number;
  }
  return text;
}
