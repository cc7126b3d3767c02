// The reasoning of string tasks, letter by letter. Every string is spelled out with its places first, so that afterwards each letter
// is one look-up away. Owns the lines; what stands before a line's first space or colon is its slot, which no other line has.
//
//   letters: 1 k, 2 a, 3 b         the places of the string; `first:` and `second:` where there are two
//   back: 3 b, 2 a, 1 k            reverse
//   2 a=a: 0+1=1                   count, a letter that is the one to count; `1 k!=a: 0` is another
//   1,3: k!=b no                   palindrome: a pair from outside in; `no` ends it, `yes` leads to the next pair
//   2 a!=k: k1, 1                  run lengths: the run before ends with its code, the next has length 1; `3 a=a: 1+1=2` goes on
//   2: a=o no                      common prefix (a place, its letters in both, whether they are equal; `3: end` is the end of a string)
//   2,1 a!=k: min(1,1,2)+1=2       edit distance of the first 2 and 1 letters: from the corner, from above, from the left; equal: the corner's
//   2 a: a k                       sorting: the letters so far, the new one in its place

import { editTable, type StringTask } from "./problem.ts";

const spell = (text: string) => [...text].map((letter, i) => `${i + 1} ${letter}`).join(", ");

/** The lines of a task. */
export function traceTask({ kind, word, other = "" }: StringTask): string[] {
  const letters = [...word];
  const spelled = `letters: ${spell(word)}`;
  switch (kind) {
    case "reverse": {
      const back = letters.map((letter, i) => `${i + 1} ${letter}`).reverse();
      return [spelled, `back: ${back.join(", ")}`];
    }
    case "count": {
      let count = 0;
      const lines = letters.map((letter, i) => {
        if (letter !== other) return `${i + 1} ${letter}!=${other}: ${count}`;
        return `${i + 1} ${letter}=${other}: ${count}+1=${++count}`;
      });
      return [spelled, ...lines];
    }
    case "palindrome":
      return [spelled, ...pairs(letters)];
    case "runs":
      return [spelled, ...runs(letters)];
    case "prefix":
      return [`first: ${spell(word)}`, `second: ${spell(other)}`, ...common(word, other)];
    case "edit":
      return [`first: ${spell(word)}`, `second: ${spell(other)}`, ...distances(word, other)];
    case "sort": {
      const row: string[] = [];
      const lines = letters.map((letter, i) => {
        const at = row.findIndex((before) => before > letter);
        row.splice(at < 0 ? row.length : at, 0, letter);
        return `${i + 1} ${letter}: ${row.join(" ")}`;
      });
      return [spelled, ...lines];
    }
  }
}

function pairs(letters: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0, j = letters.length - 1; i < j; i++, j--) {
    const isEqual = letters[i] === letters[j];
    lines.push(`${i + 1},${j + 1}: ${letters[i]}${isEqual ? "=" : "!="}${letters[j]} ${isEqual ? "yes" : "no"}`);
    if (!isEqual) break;
  }
  return lines;
}

function runs(letters: readonly string[]): string[] {
  let length = 1;
  const lines = letters.map((letter, i) => {
    const before = letters[i - 1];
    if (before === undefined) return `1 ${letter}: 1`;
    if (letter === before) return `${i + 1} ${letter}=${before}: ${length}+1=${++length}`;
    const code = `${before}${length}`;
    length = 1;
    return `${i + 1} ${letter}!=${before}: ${code}, 1`;
  });
  return [...lines, `end: ${letters.at(-1)}${length}`];
}

function common(first: string, second: string): string[] {
  const lines: string[] = [];
  for (let i = 0; ; i++) {
    const [p, q] = [first[i], second[i]];
    if (p === undefined || q === undefined) return [...lines, `${i + 1}: end`];
    lines.push(`${i + 1}: ${p}${p === q ? "=" : "!="}${q} ${p === q ? "yes" : "no"}`);
    if (p !== q) return lines;
  }
}

function distances(first: string, second: string): string[] {
  const table = editTable(first, second);
  const at = (i: number, j: number) => table[i]![j]!;
  const lines = [...table[0]!.map((d) => `0,${d}: ${d}`), ...table.slice(1).map((_, i) => `${i + 1},0: ${i + 1}`)];
  for (let i = 1; i <= first.length; i++)
    for (let j = 1; j <= second.length; j++) {
      const [p, q] = [first[i - 1]!, second[j - 1]!];
      const corner = at(i - 1, j - 1);
      const least = Math.min(corner, at(i - 1, j), at(i, j - 1));
      lines.push(
        p === q
          ? `${i},${j} ${p}=${q}: ${corner}`
          : `${i},${j} ${p}!=${q}: min(${corner},${at(i - 1, j)},${at(i, j - 1)})+1=${least}+1=${at(i, j)}`,
      );
    }
  return lines;
}
