// The English wordings of first-order logic, the held-out ones first: they were written first. {things} are the things of the world, {facts}
// all that holds in it, {lines} the same in lines of their own, {claim} the statement; {quoted} has quotation marks around a sentence.

export const HELD_OUT_EN: readonly string[] = [
  "Consider just {things}. What holds is this: {facts}. Anything left out fails. Would you accept that {claim}?",
  "Cast: {things}. Recorded: {facts}. Whatever went unrecorded is untrue. What is your verdict on {quoted}?",
  "A tiny universe contains {things}; about it one reads {facts}; beyond that, naught. Will {quoted} come out true there?",
];

export const TRAINED_EN: readonly string[] = [
  "There are only {things}. {facts}. Nothing else [is the case|is true|holds]. Is it true that {claim}?",
  "[World|Domain|Universe]: {things}. [Facts|True]: {facts}. [All other facts are false|Everything else is false]. [Statement|Claim]: {claim}. [True or false?|Is it true?]",
  "[Take|Imagine|Look at] [a small world|a world] with {things} [where|in which] this holds: {facts}. [Nothing more|Nothing else] does. Is {quoted} [true|true or false]?",
  "{things}: these are all. {facts}. [No other fact holds|There are no other facts]. [Decide|Tell me|Find out] [if|whether] {claim}.",
  "[Facts|What holds|True]:{lines}\n[Nothing else holds|That is the whole list]. There are only {things}. [Right or wrong|True or false]: {claim}?",
  "[I know|I noted|We know] [this|the following] about {things}: {facts}. [Whatever is not said is false|What is not listed is false]. [Can one say|May I say] that {claim}?",
  "[A friend|Someone|My teacher] [claims|says] that {claim}. There are only {things}, and the [full|whole] list of facts is: {facts}. [Is the claim true|Is that right]?",
  "[Evaluate|Find the truth value of] {quoted} in [this|the following] model: {things}; {facts}; [nothing else|nothing more].",
  "Given {things} and [only|just] these facts: {facts}. [Is {quoted} true or false?|Does it hold that {claim}?]",
  "[Things|Objects|Individuals]: {things}. [Known|Given]: {facts}. [The rest is false|All the rest is false]. [Prove or refute|True or not]: {claim}.",
];
