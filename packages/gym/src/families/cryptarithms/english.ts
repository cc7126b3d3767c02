// The English wordings of letter sums, the held-out ones first: they were written first. {sum} is the sum; {known} are the letters that are
// given away, with the words around them, or nothing.

import type { Wordings } from "../../wordings.ts";

export const ENGLISH: Wordings<string> = {
  heldOut: [
    "Someone hid the digits of an addition behind capital letters: {sum}.{known} Uncover them all; two letters never hide the same one, and no number begins with zero.",
    "{sum} is a correct addition once its letters become digits, a new digit per letter, zero never in front.{known} What must each letter be?",
    "Here's a coded calculation, {sum}.{known} Its code swaps every digit for one fixed letter and never starts a number with 0. Break it.",
  ],
  trained: [
    "[Solve|Work out] the cryptarithm {sum}. Different letters are different digits[, and no number starts with 0|; leading digits are not 0].{known} [Which digit is each letter?|Give the digit of each letter.]",
    "In {sum} each letter stands for a digit, different letters for different digits, and no leading digit is 0.{known} Find the digits.",
    "[A letter puzzle|Letter puzzle|Cryptarithm]: {sum}.{known} [What are the digits|Which digits do the letters stand for]?",
    "[Replace the letters with digits|Put digits for the letters] so that {sum} is true. The same letter is always the same digit, other letters are other digits, and the first digits are not 0.{known}",
    "My [teacher|friend|sister] wrote {sum} with letters for digits.{known} Every letter has its own digit, no number has a leading 0. [Can you find them|What are they]?",
    "[Find|Determine|Give] the value of each letter in the sum {sum}[, where distinct letters are distinct digits|, every letter being another digit] and no leading digit is 0.{known}",
    "[Decode|Decipher] this addition of digits written as letters: {sum}.{known}",
    "Which digits make {sum} [correct|right|true], if every letter is one digit and no two letters share one? Numbers do not begin with 0.{known}",
    "The addition {sum} uses letters [instead of|in place of] digits.{known} Tell me which letter is which digit. Leading zeros are not allowed.",
    "[Alphametic|An alphametic]: {sum}, one digit per letter, none used twice, no leading zeros.{known} [Solution|What is the solution]?",
  ],
};

/** How known letters are told, {d} being `B=3, C=5`; the n-th held-out wording has the n-th. */
export const KNOWN_EN = {
  heldOut: [" One thing leaked: {d}.", " A spy reports {d}.", " Somebody whispers {d}."],
  trained: [" We know that {d}.", " Given: {d}.", " Hint: {d}.", " It is known that {d}.", " Here {d}."],
};
