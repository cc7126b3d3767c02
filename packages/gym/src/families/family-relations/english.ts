// The English wordings of family relations, the held-out ones first: they were written first. {facts} are the facts in a row, {lines} in lines of
// their own, {question} asks what {x} is to {y} and ends in a question mark.

export const HELD_OUT_EN: readonly string[] = [
  "Old letters reveal: {facts}. {question}",
  "At the reunion one learns: {facts}. {question}",
  "{facts}: that much the genealogist found. {question}",
];

/** One for each held-out wording. */
export const HELD_OUT_QUESTIONS_EN: readonly string[] = [
  "Which word says what {x} means for {y}?",
  "Seen by {y}, {x} would be which kind of relative?",
  "So {y} has in {x} a what?",
];

export const TRAINED_EN: readonly string[] = [
  "{facts}. {question}",
  "[Here is|This is] a family: {facts}. {question}",
  "[In a family|In one family|In our family], {facts}. {question}",
  "[Facts|Family|Relatives]:{lines}\n{question}",
  "[Suppose|Assume|We know] that {facts}. {question}",
  "[A riddle|Family puzzle|A family riddle]: {facts}. {question}",
  "{question} {facts}.",
  "[Tell me|Can you tell me] about [this|the following] family: {facts}. {question}",
  "[I read|I was told] that {facts}. [Now|So]: {question}",
  "[Look at|Consider] these people: {facts}. {question}",
];

export const TRAINED_QUESTIONS_EN: readonly string[] = [
  "What is {x} to {y}?",
  "How is {x} related to {y}?",
  "{x} is {y}'s what?",
  "What relation is {x} to {y}?",
];
