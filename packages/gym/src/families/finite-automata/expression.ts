// Regular expressions of modest size: letters, groups, alternatives, `*`, `+`, `?`. Owns their tree and their places: which letters can
// come first, which after which, and which can be last (Glushkov 1961). Built by our own rules; nothing is run as a regular expression.

/** The tree of a regular expression. */
export type Tree =
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: "row" | "choice"; readonly parts: readonly Tree[] }
  | { readonly kind: "repeat"; readonly sign: "*" | "+" | "?"; readonly part: Tree };

/** The letters of an expression by their places from 1 on; `after[0]` are those that can begin. Place 0 stands for the end. */
export interface Places {
  readonly letters: readonly string[];
  readonly after: readonly (readonly number[])[];
}

const MOST_PLACES = 12;

/** Reads an expression; undefined where it has something else, or too much. */
export function readExpression(text: string): Tree | undefined {
  if (text.length > 40) return undefined;
  let at = 0;
  const choice = (): Tree | undefined => {
    const parts: Tree[] = [];
    do {
      const part = row();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (text[at] === "|" && ++at > 0);
    return parts.length === 1 ? parts[0] : { kind: "choice", parts };
  };
  const row = (): Tree | undefined => {
    const parts: Tree[] = [];
    while (at < text.length && text[at] !== "|" && text[at] !== ")") {
      const part = repeated();
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { kind: "row", parts };
  };
  const repeated = (): Tree | undefined => {
    const part = single();
    const sign = text[at];
    if (part === undefined || (sign !== "*" && sign !== "+" && sign !== "?")) return part;
    at++;
    return { kind: "repeat", sign, part };
  };
  const single = (): Tree | undefined => {
    const letter = text[at++]!;
    if (/^[a-z0-9]$/.test(letter)) return { kind: "letter", letter };
    if (letter === "(") {
      const inner = choice();
      return inner !== undefined && text[at++] === ")" ? inner : undefined;
    }
    const end = letter === "[" ? text.indexOf("]", at) : -1;
    const listed = end < 0 ? "" : text.slice(at, end);
    if (!/^[a-z0-9]{1,6}$/.test(listed)) return undefined;
    at = end + 1;
    return { kind: "choice", parts: [...listed].map((one) => ({ kind: "letter", letter: one })) };
  };
  const tree = choice();
  return tree === undefined || at < text.length || lettersOf(tree).length > MOST_PLACES ? undefined : tree;
}

/** The letters of a tree, in order, each as often as it stands there. */
export function lettersOf(tree: Tree): string[] {
  if (tree.kind === "letter") return [tree.letter];
  return tree.kind === "repeat" ? lettersOf(tree.part) : tree.parts.flatMap(lettersOf);
}

/** The text of a tree, with the brackets that it needs. */
export function writeExpression(tree: Tree): string {
  switch (tree.kind) {
    case "letter":
      return tree.letter;
    case "row":
      return tree.parts
        .map((part) => (part.kind === "choice" ? `(${writeExpression(part)})` : writeExpression(part)))
        .join("");
    case "choice":
      return tree.parts.map(writeExpression).join("|");
    case "repeat":
      return `${tree.part.kind === "letter" ? tree.part.letter : `(${writeExpression(tree.part)})`}${tree.sign}`;
  }
}

/** The places of an expression. */
export function placesOf(tree: Tree): Places {
  const letters: string[] = [];
  const after: Set<number>[] = [new Set()];
  const link = (from: readonly number[], to: readonly number[]) => {
    for (const one of from) for (const other of to) after[one]!.add(other);
  };
  interface Part {
    readonly first: readonly number[];
    readonly last: readonly number[];
    readonly empty: boolean;
  }
  const walk = (part: Tree): Part => {
    if (part.kind === "letter") {
      const place = letters.push(part.letter);
      after.push(new Set());
      return { first: [place], last: [place], empty: false };
    }
    if (part.kind === "repeat") {
      const inner = walk(part.part);
      if (part.sign !== "?") link(inner.last, inner.first);
      return { ...inner, empty: inner.empty || part.sign !== "+" };
    }
    const parts = part.parts.map(walk);
    if (part.kind === "choice")
      return {
        first: parts.flatMap(({ first }) => first),
        last: parts.flatMap(({ last }) => last),
        empty: parts.some(({ empty }) => empty),
      };
    return parts.reduce((left, right) => {
      link(left.last, right.first);
      return {
        first: left.empty ? [...left.first, ...right.first] : left.first,
        last: right.empty ? [...left.last, ...right.last] : right.last,
        empty: left.empty && right.empty,
      };
    });
  };
  const { first, last, empty } = walk(tree);
  link([0], first);
  link(last, [0]);
  if (empty) link([0], [0]);
  const ordered = after.map((set) =>
    [...set].sort((a, b) => (a || Number.POSITIVE_INFINITY) - (b || Number.POSITIVE_INFINITY)),
  );
  return { letters, after: ordered };
}

/** What a word does in an expression, letter by letter: the places that could come and those that fit. Ends where none fits. */
export function stepsOf({ letters, after }: Places, word: string): { could: number[]; fit: number[] }[] {
  const steps: { could: number[]; fit: number[] }[] = [];
  let standing = [0];
  for (const letter of word) {
    const could = merged(standing.map((place) => after[place]!)).filter((place) => place > 0);
    const fit = could.filter((place) => letters[place - 1] === letter);
    steps.push({ could, fit });
    if (fit.length === 0) break;
    standing = fit;
  }
  return steps;
}

/** The places of several lists, each once, in order; the end (0) last. */
export const merged = (lists: readonly (readonly number[])[]): number[] => {
  const all = new Set(lists.flat());
  return [...[...all].filter((place) => place > 0).sort((a, b) => a - b), ...(all.has(0) ? [0] : [])];
};

/** Whether the whole word fits. */
export function matches(places: Places, word: string): boolean {
  const steps = stepsOf(places, word);
  if (steps.length < word.length || steps.at(-1)?.fit.length === 0) return false;
  const last = word === "" ? [0] : steps.at(-1)!.fit;
  return last.some((place) => places.after[place]!.includes(0));
}

/** Equal for equal expressions and words: letters have the numbers in which the word has them, alternatives are sorted. */
export function expressionKey(tree: Tree, word: string, order: readonly string[]): string {
  const text = (part: Tree): string => {
    switch (part.kind) {
      case "letter":
        return String.fromCharCode(97 + order.indexOf(part.letter));
      case "row":
        return part.parts.map((one) => (one.kind === "choice" ? `(${text(one)})` : text(one))).join("");
      case "choice":
        return part.parts.map(text).sort().join("|");
      case "repeat":
        return `(${text(part.part)})${part.sign}`;
    }
  };
  return `match ${[...word].map((letter) => String.fromCharCode(97 + order.indexOf(letter))).join("")} ${text(tree)}`;
}
