// The English wordings of zebra puzzles, the held-out ones first: they were written first. {people}, {lists}, {clues} (or {lines}: in lines of
// their own) and {ask} are sentences (sentences.ts); {count} is three or four, {n} the same as a number.

export const HELD_OUT_EN: readonly string[] = [
  "{count} neighbours fill a street, a home apiece, numbered upward beginning leftmost: {people}. {lists} {clues}. {ask}",
  "Picture {count} homes side by side, counted 1 upward beginning with the westernmost. Occupants: {people}. {lists} {clues}. {ask}",
  "A street has {count} doors, door 1 being leftmost. Behind them dwell {people}. {lists} {clues}. {ask}",
];

export const TRAINED_EN: readonly string[] = [
  "{people} live in {count} houses in a row, numbered 1 to {n} from left to right. {lists} {clues}. {ask}",
  "There are {count} houses in a row, numbered from the left. {people} live there, one [person |]in each. {lists} {clues}. {ask}",
  "[Logic puzzle|A zebra puzzle|Puzzle]: {count} houses [stand|are] in a row (1 is on the left). The people are {people}. {lists} {clues}. {ask}",
  "{count} people, {people}, [own|live in] houses 1 to {n}, left to right. {lists} {clues}. {ask}",
  "[Clues|Facts|What we know]: {clues}. [The people|The owners] are {people}, in houses 1 to {n} from left to right. {lists} {ask}",
  "{people} [each have|have] one of the houses 1 to {n}; house 1 is on the far left. {lists} {clues}. {ask}",
  "In a [row|line] of {count} houses, [numbered|counted] left to right, live {people}. {lists} [Clues|Hints]:{lines}\n{ask}",
  "[Solve this|Solve the puzzle|Try to solve this]. Houses: 1 to {n}, from left to right. People: {people}. {lists}{lines}\n{ask}",
  "{ask} [Here are the clues|These are the clues|The clues]: {clues}. The people are {people}, each in one of {count} houses, numbered from left to right. {lists}",
  "Each of {people} lives in [a different house|a house], and the houses [have|bear] the numbers 1 to {n} from the left. {lists} {clues}. {ask}",
  "{count} [houses|homes] in a row, {count} people: {people}. Number 1 is [the leftmost|the one on the left]. {lists} {clues}. {ask}",
  "{lists} {people} live in houses 1 to {n} (left to right). {clues}. {ask}",
  "[Who is where|Who has what|Who lives where]? {people} [have|share] a row of {count} houses, counted from the left. {lists} {clues}. {ask}",
  "We know this about {people} and their {count} houses in a row, 1 on the left: {clues}. {lists} {ask}",
  "[On my street|On our street|In a street] there are {count} houses next to each other, number 1 leftmost, and {people} live in them. {lists} {clues}. {ask}",
  "[Use|Read] the [clues|hints] about {people}, who live in houses 1 to {n} from left to right. {lists}{lines}\n{ask}",
  "[A puzzle about|A question about] {count} houses in a row (1 to {n}, left to right) and the people in them: {people}. {lists} {clues}. {ask}",
];
