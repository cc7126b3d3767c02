// The line by which a search takes back the line before it. Owns the word; verify gives it its meaning.

/** Takes back the nearest standing line. */
export const BACK = "[BACK]";
