// Where the words of shingles stand in a text as it is. Words are found in the normal form (shingles.ts), which can be longer or shorter;
// white space is the same in both, so that what stands between it can be looked at by itself.

import { ALONE, BETWEEN, characterClasses } from "../dedup/characters.ts";
import { normalForm } from "../dedup/normal-form.ts";

/** Start and end of each word in UTF-16 units. Of a piece that has other words in normal form, each word is the whole piece. */
export function wordPlaces(text: string): number[] {
  const places: number[] = [];
  for (const { 0: piece, index } of text.matchAll(/\S+/g)) {
    const before = places.length;
    addWords(piece, index, places);
    const normal = normalForm(piece);
    if (normal === piece) continue;
    if (normal.length === piece.length && piece.toLowerCase() === normal) continue; // capitals only
    const words: number[] = [];
    addWords(normal, 0, words);
    if (isSame(text, places.slice(before), normal, words)) continue;
    places.length = before;
    for (let i = 0; i < words.length; i += 2) places.push(index, index + piece.length);
  }
  return places;
}

/** Whether these words of the text have these words of the normal form as theirs, one by one. */
const isSame = (text: string, places: readonly number[], normal: string, words: readonly number[]): boolean =>
  places.length === words.length &&
  words.every(
    (start, i) => i % 2 === 1 || normalForm(text.slice(places[i], places[i + 1])) === normal.slice(start, words[i + 1]),
  );

/** The words of a text by the classes of its characters, as shingles.ts finds them. */
function addWords(text: string, offset: number, places: number[]): void {
  const classes = characterClasses();
  let start = -1;
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    const point = unit >= 0xd800 && unit < 0xdc00 ? text.codePointAt(i)! : unit;
    const kind = classes[point] ?? BETWEEN;
    const end = i + (point > 0xffff ? 2 : 1);
    if (kind === BETWEEN || kind === ALONE) {
      if (start >= 0) places.push(offset + start, offset + i);
      start = -1;
      if (kind === ALONE) places.push(offset + i, offset + end);
    } else if (start < 0) start = i;
    i = end;
  }
  if (start >= 0) places.push(offset + start, offset + text.length);
}
