// Ways through graphs as people write them: lettered nodes in order. Owns the reading.

/** Longer texts are no way through a small graph. */
const LONGEST = 500;

/** The letters of a way, such as `A-B-D`, `A → B → D`, `(A, B, D)`; undefined where there is anything else. */
export function readNodes(answer: string): string[] | undefined {
  if (answer.length > LONGEST) return undefined;
  const nodes = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\(?:to|rightarrow)\b/g, "-")
    .replace(/\\[,; ]/g, " ")
    .replace(/[.。\s]+$/, "")
    .trim()
    .replace(/^[([{]|[)\]}]$/g, "")
    .toUpperCase()
    .split(/\s*(?:->|→|-|–|,|，|、|\s)\s*/);
  return nodes.every((node) => /^[A-Z]$/.test(node)) ? nodes : undefined;
}
