// The English wordings of financial statements, a list for each kind, the held-out ones first: they were written first. Slots as in
// wordings.ts.

import type { Texts } from "./wordings.ts";

export const ENGLISH: Texts = {
  heldOut: {
    frame: [
      "A page of a report reads:\n{title}\n{page}\n\n{ask}",
      "{ask} The page:\n\n{title}\n{page}",
      "Scanned sheet follows.\n{title}\n{page}\nTask for you. {ask}",
    ],
    footing: [
      "Re-add the column{in}: write yes when each sum ties out, otherwise the faulty sum with its gap.",
      "An auditor re-adds the figures{in}. Do they reconcile? Reply yes, or state which sum is faulty and how far it is out.",
      "Does the statement cross-foot{in}? Say yes, or report the broken sum and the size of the slip.",
    ],
    missing: [
      "The figure beside {line}{in} got smudged. Recover it.",
      "Ink was spilled on {line}{in}; restore the number with the help of the others.",
      "Reconstruct the unreadable entry{in} ({line}).",
    ],
    margin: [
      "Put the {margin}{in} into a percentage figure.",
      "State the {margin}{in}; a whole percentage will come out.",
      "An investor wants to know the {margin}{in}. Which percentage do you report?",
    ],
    ratio: [
      "State the {ratio}{in}, reduced as far as possible.",
      "A lender looks at the {ratio}{in}. Which fraction describes it?",
      "Express the {ratio}{in} exactly, as one fraction.",
    ],
    change: [
      "Look at {line} in both years: report how far it moved relative to {from}, in percent and with its sign.",
      "Which percentage growth had {line} since {from}? (Negative for a decline.)",
      "Put {line} of {to} beside the year before and state its growth as a signed percentage.",
    ],
  },
  trained: {
    frame: [
      "{title}\n{page}\n\n{ask}",
      "{ask}\n\n{title}\n{page}",
      "Here is [a financial statement|part of our accounts|a page of the accounts].\n\n{title}\n{page}\n\n{ask}",
      "[Please look at|Look at|Read] this statement:\n\n{title}\n{page}\n\n{ask}",
      "{title}\n\n{page}\n\nQuestion about it: {ask}",
      "From the [annual report|books|accounts] of a client:\n{title}\n{page}\n{ask}",
      "{ask}\n\n{page}\n\n(Source: {title})",
      "We got these figures [today|from our accountant].\n{title}\n{page}\n\n{ask}",
      "{title}\n{page}\n{ask}",
    ],
    footing: [
      "[Do the totals agree with their lines{in}?|Check whether the totals agree with their lines{in}.] Answer yes, or name the wrong total and by how much it is too high or too low.",
      "Does every total{in} agree with its lines? If one does not, [which one is it|which is it], and by how much is it off? If all do, answer yes.",
      "Check the additions{in}: do all totals match the lines above them? [Give|Tell me] the wrong one and the difference, or [say|write] yes.",
      "I think there may be an error in the totals{in}. Do they add up? If not, which total is wrong and by [what amount|how much]? If so, say yes.",
      "[Please verify|Verify] that the totals{in} add up. [Reply|Answer] yes if they do; else name the total that is off and the difference.",
      "Which total{in}, if any, does not agree with its lines, and by how much? If all of them agree, answer yes.",
      "Our [auditor|accountant|bookkeeper] asks whether the totals{in} match their lines. Say yes, or name the total that does not and how much it is too high or too low.",
      "Are the totals{in} added correctly? If not, name the one that is wrong and [its error|the difference]; if so, answer yes.",
      "Find the total{in} that does not match its lines, and how much it is off. Answer yes if [there is none|all of them match].",
    ],
    missing: [
      "[What is the missing figure{in}?|Find the missing figure{in}.]",
      "The amount for {line}{in} is missing. [What must it be?|Find it.|How much is it?]",
      "What amount belongs to {line}{in}?",
      "Use the [totals|other lines] to find {line}{in}.",
      "One number{in} cannot be read. [Which number belongs there?|What should it be?]",
      "[Calculate|Compute|Determine] {line}{in} from the other [lines|figures].",
      "Fill in the gap{in}: {line} is not given.",
      "[Can|Could] you [please |]tell me the value of {line}{in}? It [was left blank|is not shown].",
      "The line for {line}{in} is [not shown|blank]. What is its amount?",
    ],
    margin: [
      "What is the {margin}{in}[, in percent|]?",
      "[Calculate|Compute|Find|Work out] the {margin}{in} in percent.",
      "How high is the {margin}{in}? [Give|Answer with] a percentage.",
      "[Can|Could] you [please |]work out the {margin}{in} [in percent|as a percentage]?",
      "[I need|We need|My boss wants] the {margin}{in}[, in percent|].",
      "{margin}{in}, in percent?",
      "[From|Using] these figures, determine the {margin}{in}[ in percent|].",
      "The bank asks for our {margin}{in}. What percentage is it?",
      "How many percent is the {margin}{in}?",
    ],
    ratio: [
      "What is the {ratio}{in}?[ Give a fraction in lowest terms.|]",
      "[Calculate|Compute|Find|Work out] the {ratio}{in} as a fraction in lowest terms.",
      "How large is the {ratio}{in}? [Give|Answer with] [a|an exact] fraction.",
      "[Can|Could] you [please |]work out the {ratio}{in} as an exact fraction or decimal?",
      "[I need|We need] the {ratio}{in}, as a reduced fraction.",
      "{ratio}{in}, in lowest terms?",
      "[From|Using] these figures, determine the {ratio}{in} as a fraction[ or decimal|].",
      "The bank asks for our {ratio}{in}. What is it, as a fraction?",
      "How high is the {ratio}{in}? Do not round.",
    ],
    change: [
      "What is the year-on-year change in {line}[, in percent|]?",
      "By [how many|what] percent did {line} change from {from} to {to}?[ A fall is negative.|]",
      "[Calculate|Compute|Find] the percentage change of {line} from {from} to {to}.",
      "How did {line} change from {from} to {to}? Give the [change|figure] in percent[, negative for a fall|].",
      "[Can|Could] you [please |]work out the year-over-year change in {line} as a percentage?",
      "{line}: percent change against {from}?",
      "Compared with {from}, by what percent did {line} rise or fall in {to}? [Use a minus sign for a fall.|Write a fall with a minus.]",
      "[I need|We need] the growth of {line} from {from} to {to}, in percent.",
      "How many percent did {line} grow from {from} to {to}? [A fall counts as negative.|Write a fall with a minus.]",
    ],
  },
};
