// The English wordings of knights and knaves, the held-out ones first: they were written first. {told} is who says what, {lines} the same
// in lines of its own, {people} the names, {knight} … {Knaves} what the kinds are called.

export const HELD_OUT_EN: readonly string[] = [
  "Where {knights} never say anything false and {knaves} never say anything true, you hear this. {told} Sort everyone into {knights} and {knaves}.",
  "{told} Suppose a {knight} speaks only truths, a {knave} only falsehoods. Name the kind of everybody.",
  "Riddle of {people}. Being {knights} they speak truly, being {knaves} they speak falsely. {told} Decide for each person.",
];

export const TRAINED_EN: readonly string[] = [
  "On an island there are {knights}, who always tell the truth, and {knaves}, who always lie. {told} [What is each of them|Who is what|What is each person]?",
  "{Knights} always tell the truth[, and| and|;] {knaves} always lie. {told} [Who is a {knight} and who is a {knave}?|Find out what each of them is.|What are they?]",
  "Every {knight} tells the truth[ and|,] every {knave} lies. You meet {people}. {told} [What are they|Which kind is each of them|What is each one]?",
  "{people} are each a {knight} or a {knave}. {Knights} tell the truth, {knaves} lie. {told} [Who is who|What is each of the people|Tell me what each of them is][?|.]",
  "{told} [If|Given that] {knights} always tell the truth and {knaves} always lie, [who is a {knave}, and who is a {knight}|what is each of them|what are these people]?",
  "[Logic puzzle|Puzzle|A logic problem]: {knights} tell only the truth and {knaves} tell only lies. {told} [Find|Give|Determine] the kind of each.",
  "[You|I|We] meet {people} on the island of {knights} and {knaves}. {told} [What is each of them|Who is what|What are they]? {Knights} never lie, {knaves} always do.",
  "A {knight} always tells the truth. A {knave} always lies. {told} [Say|Find|Work out] [what everyone is|who is what].",
  "Each [person|islander|one] here is either a {knight} (tells the truth) or a {knave} (lies). {told} [What are {people}|Who is what|What is each]?",
  "[In a village|In a strange town|In this country], {knaves} lie every time and {knights} tell the truth every time. {told} [Solve it|Find everyone's kind|Who is what?]",
  "{told} [Here|In this puzzle|As usual], {knights} tell the truth and {knaves} lie. [Which kind is each|What is each person|What are {people}]?",
  "[We have|There are|Here are] {people}. A {knight} says only true things; a {knave} says only false things. {told} [Label each of them|Tell me each one's kind|Who is a {knight} and who is a {knave}?]",
  "{Knights} and {knaves}: {knights} are always truthful, {knaves} always lie.{lines}\n[What is each of them|Who is what|What are they]?",
  "[Read|Look at|Consider] what these people say. {Knights} tell the truth; {knaves} lie.{lines}\n[Find the kind of each|Which kind is each person|Who is a {knave}, who is a {knight}][?|.]",
  "[Is each of them|Is each person|Is everybody here] a {knight} or a {knave}? {told} {Knights} always tell the truth, {knaves} always lie.",
  "[Determine|Find|Tell me] who is a {knight} (always truthful) and who is a {knave} (always lying). {told}",
  "{people} are talking. [Some of them may be|Each of them can be] a {knave}, whose statements are false, or a {knight}, whose statements are true. {told} [What is each one|Who is what]?",
  "Statements by {knights} are true[ and|,] statements by {knaves} are false. {told} [Classify|Identify] [{people}|each of them|everyone].",
  "[A traveller|A visitor|Somebody] meets {people}; {knights} tell the truth, {knaves} tell lies. {told} [What should the answer be for each|What can be said of each|So what is each of them]?",
  "[One question about|A problem with|A puzzle about] {knights} (truthful) and {knaves} (lying).{lines}\n[Solve for everyone|Give everyone's kind|Who is what?]",
];
