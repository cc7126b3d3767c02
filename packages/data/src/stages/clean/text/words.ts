// Words, lines and sentences, as the filters count them. Owns the rule, which works for Chinese and Japanese as well:
//
// A piece is what stands between white space. Inside it, a run of Han or kana characters is cut into pairs (an odd one out stays
// alone), since a word of written Chinese has about two characters; a character of such a pair counts for 2.5 letters, so that a
// pair is as long as an English word of five. The rest of a piece, without punctuation at its ends, is one word; a piece of nothing
// but punctuation and symbols is a symbol. Words have letters or digits; an alphabetic one has a letter.
// A sentence ends at 。！？ or at . ! ? … before white space or the end (quotes and brackets may stand between), but not at the full
// stop behind a single letter ("J. Smith"); what is left at the end of a line and has a letter is a sentence too.

/** A text is measured up to here, in UTF-16 units: five times the longest document that Gopher keeps, and a bound on memory. */
export const MEASURED = 1 << 22;

/** The length that a Han or kana character counts for. */
export const CJK_LENGTH = 2.5;

/** Words of a text, by place. All arrays have an entry a word or symbol, in order. */
export interface Words {
  text: string;
  starts: Uint32Array;
  ends: Uint32Array;
  /** 0 a symbol, 1 a word without a letter, 2 a word with one, 3 Han or kana. */
  kinds: Uint8Array;
}

export const SYMBOL = 0;
export const ALPHABETIC = 2;
export const CJK = 3;

const PIECE = /\S+/g;
const IS_CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]/u;
const CJK_SPLIT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]{1,2}|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]+/gu;
const ALNUM = /[\p{L}\p{N}]/u;
const HAS_LETTER = /\p{L}/u;
const ASCII = /^[!-~]+$/;

/** The words of a text, which should be no longer than MEASURED. */
export function wordsOf(text: string): Words {
  let size = Math.min(1024, (text.length >> 1) + 1);
  let [starts, ends, kinds] = [new Uint32Array(size), new Uint32Array(size), new Uint8Array(size)];
  let count = 0;
  const add = (start: number, end: number, kind: number): void => {
    if (count === size) {
      size *= 2;
      const grow = <A extends Uint32Array | Uint8Array>(old: A, made: A): A => {
        made.set(old);
        return made;
      };
      starts = grow(starts, new Uint32Array(size));
      ends = grow(ends, new Uint32Array(size));
      kinds = grow(kinds, new Uint8Array(size));
    }
    starts[count] = start;
    ends[count] = end;
    kinds[count++] = kind;
  };
  const addPlain = (start: number, end: number): void => {
    let [from, to] = [start, end];
    while (from < to && !ALNUM.test(text.slice(from, characterEnd(text, from)))) from = characterEnd(text, from);
    if (from === to) {
      add(start, end, SYMBOL);
      return;
    }
    while (to > from && !ALNUM.test(text.slice(characterStart(text, to), to))) to = characterStart(text, to);
    add(from, to, HAS_LETTER.test(text.slice(from, to)) ? ALPHABETIC : 1);
  };
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if (ASCII.test(piece) || !IS_CJK.test(piece)) addPlain(index, index + piece.length);
    else
      for (const { 0: part, index: inside } of piece.matchAll(CJK_SPLIT)) {
        const start = index + inside;
        if (IS_CJK.test(part)) add(start, start + part.length, CJK);
        else addPlain(start, start + part.length);
      }
  }
  return { text, starts: starts.subarray(0, count), ends: ends.subarray(0, count), kinds: kinds.subarray(0, count) };
}

function characterEnd(text: string, at: number): number {
  return at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
}

function characterStart(text: string, end: number): number {
  const isLow =
    end > 1 && (text.charCodeAt(end - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(end - 2) & 0xfc00) === 0xd800;
  return end - (isLow ? 2 : 1);
}

/** The look behind keeps a long run of marks from being tried from each of its places. */
const SENTENCE_END = /[。！？]+|(?<![.!?…])[.!?…]+["'”’»)\]]{0,4}(?=\s|$)/g;

/** How many sentences a line has. */
export function sentencesIn(line: string): number {
  let count = 0;
  let from = 0;
  for (const { 0: mark, index } of line.matchAll(SENTENCE_END)) {
    const isInitial = mark === "." && HAS_LETTER.test(line.charAt(index - 1)) && !/\S/.test(line.charAt(index - 2));
    if (isInitial) continue;
    if (ALNUM.test(line.slice(from, index))) count++;
    from = index + mark.length;
  }
  return count + (HAS_LETTER.test(line.slice(from)) ? 1 : 0);
}

/** The lines of a text, one after another, without an array of all of them. */
export function* linesIn(text: string): Generator<string> {
  for (let at = 0; ; ) {
    const end = text.indexOf("\n", at);
    if (end < 0) return yield text.slice(at);
    yield text.slice(at, end);
    at = end + 1;
  }
}
