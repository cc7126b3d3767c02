// All orders of a few entries: for keys that forget the names of things. Owns just that.

/** Every order, each once; the entries are told apart by identity. */
export function permutations<T>(entries: readonly T[]): T[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((first) => permutations(entries.filter((e) => e !== first)).map((rest) => [first, ...rest]));
}
