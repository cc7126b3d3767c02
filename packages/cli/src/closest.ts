// "Did you mean": the known word nearest to one that was typed, by edit distance with swaps of neighbours.

/** The nearest of `known`, or undefined if none is near (more than a third of its letters differ). */
export function closest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((entry) => ({ entry, distance: distance(word.toLowerCase(), entry) }))
    .filter(({ entry, distance }) => distance <= Math.max(1, Math.floor(entry.length / 3)) || startsAlike(word, entry))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.entry;
}

const startsAlike = (word: string, entry: string): boolean => word.length >= 3 && entry.startsWith(word.toLowerCase());

function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(changed, rows[i - 1]![j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
