// The English wordings of fraction problems, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import type { Wording } from "./wordings.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    {
      sum: "I'd love to hear what {p} and {q} come to as one fraction.",
      difference: "I'd love to hear what stays of {p} once {q} has gone.",
      product: "I'd love to hear what {p} multiplied with {q} turns out to be.",
    },
    "In lowest terms, and without any rounding, write {e}.",
    {
      sum: "Mia knits {p} metres of a scarf before noon, {q} metres after. What length has been knitted?",
      difference: "A barrel contains {p} litres when a leak lets {q} litres escape. What amount stays in the barrel?",
      belowZero: "At noon a dial shows {p}; by midnight it stands {q} lower. What does it show at midnight?",
      product: "The sides of a tile measure {p} and {q} metres. What area does the tile cover?",
    },
  ],
  trained: [
    "[What is {e}|What's {e}|How much is {e}|What does {e} equal]?",
    "[Compute|Calculate|Work out|Evaluate|Find|Solve|Simplify|Determine][:|] {e}[.|]",
    "{e}[ = ?| =|=?|=|?|]",
    {
      sum: "[What is|What's|How much is|Compute] {p} plus {q}?",
      difference: "[What is|What's|How much is|Compute] {p} [minus|less] {q}?",
      product: "[What is|What's|How much is|Compute] {p} [times|multiplied by] {q}?",
    },
    {
      sum: "[What is|Find|Calculate|Give me|Determine|Work out] the [sum|total] of {p} and {q}.",
      difference:
        "[What is|Find|Calculate|Give me|Determine|Work out] the difference [between {p} and {q}|of {p} and {q}|{p} minus {q}].",
      product: "[What is|Find|Calculate|Give me|Determine|Work out] the product of {p} and {q}.",
    },
    {
      sum: "[Add|Please add|Sum up] the [fractions|numbers] {p} and {q}.",
      difference: "[Subtract|Please subtract|Take away|Deduct] {q} from {p}.",
      product: "[Multiply|Please multiply] the [fractions|numbers] {p} and {q}.",
    },
    "[Reduce the result of|Give in simplest form|Simplify fully|Write as a reduced fraction|As a simplified fraction]: {e}[.|]",
    {
      sum: "{p} [plus|added to|and] {q} [equals|is|gives|makes] [what|which fraction|how much]?",
      difference: "{p} [minus|less|reduced by] {q} [equals|is|gives|makes] [what|which fraction|how much]?",
      product: "{p} [times|multiplied by] {q} [equals|is|gives|makes] [what|which fraction|how much]?",
    },
    {
      sum: "[What|Which fraction] do [you|I|we] get [when|if] {p} is added to {q}?",
      difference: "[What|Which fraction] do [you|I|we] get [when|if] {q} is [subtracted|taken away] from {p}?",
      product: "[What|Which fraction] do [you|I|we] get [when|if] {p} is multiplied by {q}?",
    },
    {
      sum: "A recipe needs {p} litres of [milk|water|juice] and {q} litres of [cream|oil|broth]. How many litres is that together?",
      difference:
        "A [jug|bottle|tank] holds {p} litres, and {q} litres are [poured out|used|drunk]. How many litres are left?",
      belowZero: "It is {p} degrees and gets {q} degrees [colder|cooler]. How many degrees is it then?",
      product:
        "A [garden|card|field] is {p} metres long and {q} metres wide. [What is its area|How large is its area]?",
    },
    {
      sum: "[Ann|Ben|Tom] walks {p} km and [then |]{q} km [more|on top of that]. How far is that?",
      difference: "A [rope|board|ribbon] of {p} m loses {q} m. What length is left?",
      belowZero: "A [value|score|level] of {p} drops by {q}. [Where does it end|What is it now]?",
      product: "A [boat|snail|train] moves {p} m in a second. How far does it get in {q} seconds?",
    },
    {
      sum: "[Can|Could|Would] you [please |][add|total] {p} and {q}[ for me|]?",
      difference: "[Can|Could|Would] you [please |][take|subtract] {q} from {p}[ for me|]?",
      product: "[Can|Could|Would] you [please |]multiply {p} [by|with] {q}[ for me|]?",
    },
    {
      sum: "First [fraction|number]: {p}\nSecond [fraction|number]: {q}\n[Sum|Total|First plus second]?",
      difference: "First [fraction|number]: {p}\nSecond [fraction|number]: {q}\n[First minus second|Difference]?",
      product: "First [fraction|number]: {p}\nSecond [fraction|number]: {q}\n[Product|First times second]?",
    },
    {
      sum: "[Increase|Raise] {p} by {q}.[ What is the result?|]",
      difference: "[Decrease|Reduce|Lower] {p} by {q}.[ What is the result?|]",
      product: "[Find|Take|Compute|What is] {p} of {q}.",
      wholeFactor: "[Find|Take|Compute|What is] {p} times {q}.",
    },
    {
      sum: "I have {p} kilos and [buy|get|find] {q} kilos more. How many kilos [do I have now|is that]?",
      difference: "I have {p} kilos and [use|sell|give away] {q} kilos. How many kilos [do I keep|are left]?",
      belowZero: "I [had|start with] {p} points and lost {q}. How many points do I have?",
      product: "[One bag|A sack|A box] weighs {p} kilos. How many kilos is {q} times as much?",
    },
    {
      sum: "[Which|What] number is {q} [more|larger|greater] than {p}?",
      difference: "[Which|What] number is {q} [less|smaller|lower] than {p}?",
      product: "[Which|What] number is {q} times [as large as|as big as|] {p}?",
    },
    "[Fill in|Complete|Finish]: {e} = [?|__|...]",
    "[My homework says|The exercise is|On the board stands]: {e}. [What comes out|What is the result|What should I get]?",
    "[I can't do|I need|Help me with] {e}[.|; what is it?|, please.]",
    {
      sum: "What is the [sum|total]? [The fractions are|We have|Here they are:] {p} and {q}.",
      difference: "What is [left|the difference]? [Out of|From] {p}, [we take|I take] {q}.",
      product: "What is the product? [The factors are|Factors:|We have] {p} and {q}.",
    },
    {
      sum: "[Bring|Put] {p} and {q} over a common denominator and add[ them|].",
      difference: "[Bring|Put] {p} and {q} over a common denominator and subtract[ the second|].",
      product: "Multiply [numerators and denominators|top and bottom] of {p} and {q}.",
    },
    {
      sum: "[{p} together with {q}|{p} and another {q}|{p} combined with {q}]: [what number|how much is it|answer]?",
      difference: "[{p} without {q}|{p} with {q} taken off|{q} off {p}]: [what number|how much is it|answer]?",
      product: "[{p} taken {q} times|{q} times the number {p}|{p} scaled by {q}]: [what number|how much is it|answer]?",
    },
  ],
};
