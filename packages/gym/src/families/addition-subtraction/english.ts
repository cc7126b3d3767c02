// The English wordings of sums and differences, the held-out ones first: they were written first. Owns the texts; wordings.ts
// makes phrasings of them.

import type { Wordings } from "../../wordings.ts";
import type { Wording } from "./wordings.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    [
      "I need to know how much {a} and {b} come to when [added|summed].",
      "I need to know what is left once {b} has been subtracted from {a}.",
    ],
    ["Tell me the result: {a} plus {b}", "Tell me the result: {a} minus {b}"],
    [
      "A shelf holds {a} books; {b} books are put beside them. What is the total on the shelf?",
      "A shelf holds {a} books; {b} of them are taken away. What number stays on the shelf?",
      "In the morning it was {a} degrees, at night {b} degrees less. What was the temperature at night?",
    ],
  ],
  trained: [
    ["[What is|What's|How much is|What does] {e}[ equal|]?", "[What is|What's|How much is|What does] {e}[ equal|]?"],
    [
      "[Compute|Calculate|Work out|Evaluate|Find|Solve|Simplify|Determine][:|] {e}[.|]",
      "[Compute|Calculate|Work out|Evaluate|Find|Solve|Simplify|Determine][:|] {e}[.|]",
    ],
    ["{e}[ = ?| =|=?|=|?|]", "{e}[ = ?| =|=?|=|?|]"],
    [
      "[What is|What's|How much is|Compute] {a} plus {b}?",
      "[What is|What's|How much is|Compute] {a} [minus|less] {b}?",
    ],
    [
      "[What is|Find|Calculate|Give me|Determine|Work out] the [sum|total] of {a} and {b}.",
      "[What is|Find|Calculate|Give me|Determine|Work out] the difference [between {a} and {b}|of {a} and {b}|{a} minus {b}].",
      "[What is|Find|Calculate|Give me|Determine|Work out] the difference {a} minus {b}.",
    ],
    ["[Add|Please add|Sum] {a} and {b}[.| together.]", "[Subtract|Please subtract|Take|Take away] {b} from {a}."],
    [
      "[What do you get|What do I get|What comes out|What happens] [when|if] you [add|put together|sum|combine] {a} and {b}?",
      "[What do you get|What do I get|What comes out|What happens] [when|if] you [take|subtract|remove|take away] {b} from {a}?",
    ],
    [
      "{a} [and|plus|added to] {b} [makes|equals|is|gives] [what|how much|which number]?",
      "{a} [minus|take away|less|reduced by] {b} [makes|equals|is|gives] [what|how much|which number]?",
    ],
    [
      "[Which|What] number is {b} [more|greater|larger|higher] than {a}?",
      "[Which|What] number is {b} [less|smaller|lower] than {a}?",
    ],
    [
      "[Increase|Raise] {a} by {b}.[ What is the result?| What do you get?|]",
      "[Decrease|Reduce|Lower] {a} by {b}.[ What is the result?| What do you get?|]",
    ],
    [
      "{name} has {a} {thing} and [gets|buys|finds|receives|wins] {b} more. How many {thing} [does {name} have now|are there in total|is that altogether|are there now]?",
      "{name} has {a} {thing} and [loses|sells|gives away|uses|spends] {b}. How many {thing} [does {name} have now|are left|remain|does {name} keep]?",
      "{name} has {a} points and [loses|drops] {b}. How many points does {name} have now?",
    ],
    [
      "It is {a} degrees [outside|]. The temperature [rises|goes up|climbs] by {b} degrees. [How warm is it now|What is it now]?",
      "It is {a} degrees [outside|]. The temperature [falls|goes down|drops] by {b} degrees. [How warm is it now|What is it now]?",
    ],
    [
      "A [train|bus|ship] carries {a} people and {b} [more get on|more board|come on]. How many people [are on board|does it carry] then?",
      "A [train|bus|ship] carries {a} people and {b} [get off|leave]. How many people [are on board|does it carry] then?",
      "An account holds {a} coins and {b} coins are [withdrawn|paid out|taken out]. What is the balance?",
    ],
    [
      "[Total|Sum] of {a} and {b}: [what is it?|how much?]",
      "What [remains|is left|stays] of {a} after [taking away|removing|subtracting] {b}?",
      "{a}, [taking away|subtracting|less] {b}: [what is it?|how much?]",
    ],
    [
      "[Can you|Could you|Would you] [please |][add|sum up|total] {a} and {b}[ for me|]?",
      "[Can you|Could you|Would you] [please |][take|subtract|deduct] {b} from {a}[ for me|]?",
    ],
    ["[Fill in|Complete|Finish]: {e} = [?|__|...]", "[Fill in|Complete|Finish]: {e} = [?|__|...]"],
    [
      "Start with {a}, [then add|and add|add] {b}. [Where do you end|What is the number now|How much is it now]?",
      "Start with {a}, [then subtract|and subtract|take away] {b}. [Where do you end|What is the number now|How much is it now]?",
    ],
    [
      "I [added|summed|combined] {a} and {b}. [What should I get|What is my sum|How much is it]?",
      "I [subtracted|took|removed] {b} from {a}. [What should I get|What is my difference|How much is it]?",
    ],
    [
      "First number: {a}\nSecond number: {b}\n[Sum|Total|First plus second]?",
      "First number: {a}\nSecond number: {b}\n[First minus second|First number minus second number]?",
    ],
    [
      "[What is the sum|What is the total|How much is it together]? [The numbers are|Numbers:|I have] {a} and {b}.",
      "[What is left|What remains|How much is left over]? [I had|We had|There were] {a}[, then| and then|;] {b} [were used|went away|got lost].",
      "[What is the result|How much is it]? [Out of|From] {a}, [we take|I take] {b}.",
    ],
    [
      "[Go|Count|Move|Step] [forward|on|up] {b} from {a}. [Where are you|Which number is it|What number do you reach]?",
      "[Go|Count|Move|Step] [back|backwards|down] {b} from {a}. [Where are you|Which number is it|What number do you reach]?",
    ],
    [
      "[A|The] [road|path|trip] has two parts, {a} km and [then |]{b} km. How long is [it|the whole way]?",
      "[How far is it|How big is the gap|What is the distance] from {b} up to {a}?",
      "[How much is|What is] {a} after a [loss|drop|cut] of {b}?",
    ],
    [
      "{name} has {a} {thing}. {other} has {b} more[ than {name}|]. How many {thing} does {other} have?",
      "{name} has {a} {thing}, {other} has {b} [fewer|less]. How many {thing} does {other} have?",
      "Today it is {a} degrees, tomorrow it will be {b} degrees [colder|cooler|lower]. How [cold|warm] will it be?",
    ],
    [
      "[After|When] {b} new {thing} were put with the first {a}, how many {thing} were there?",
      "{name} wants {a} {thing} and [already has|has got|owns] {b}. How many {thing} are [missing|still needed|lacking]?",
      "A lift is on floor {a} and goes down {b} floors. [Which floor is it on|On which floor does it stop] then?",
    ],
    [
      "What [is reached|do you have] when {b} is [added to|put on top of|counted on from] {a}?",
      "[What|How much] must be added to {b} to [get|reach|make] {a}?",
    ],
    [
      "[Add|Put|Count] {b} [to|on top of|onto] {a}[.| and give the answer.]",
      "[Deduct|Remove|Take off|Cut off] {b} from {a}[.| and give the answer.]",
    ],
    [
      "[{a} is [increased|raised|made larger] by {b}|{b} is [added to|put onto] {a}]. [Give|Find|Say] the [new number|new value|outcome].",
      "[{a} is [decreased|reduced|lowered|made smaller] by {b}|{b} is [subtracted|taken away|deducted] from {a}]. [Give|Find|Say] the [new number|new value|outcome].",
    ],
    [
      "{name} [pays|spends] {a} euros on [food|shoes|a bike|a coat] in the first shop. Later, in [another|a second] shop, {name} [pays|spends] {b} euros. How [much|many euros] is that [in all|together|in total]?",
      "{name} goes [to the shop|to town|out] with {a} euros. [A bike|A coat|A new phone|Food for the week] costs {b} euros there, and {name} [buys|pays for] it. How many euros are left?",
      "The balance of an account is {a} euros. Then a bill of {b} euros [is paid from it|arrives and is paid]. What is the [new balance|balance after that]?",
    ],
    [
      "A [diver|bird|plane|balloon] is at {a} metres and [climbs|goes up|rises] {b} metres. [How high is it then|At what height is it]?",
      "A [bird|plane|balloon|kite] flies at {a} metres and [sinks|comes down|falls] by {b} metres. [How high is it then|At what height is it]?",
      "The [water level|level of a river|level of a lake] is at {a} cm and [sinks|falls|goes down] by {b} cm. What is the level now?",
    ],
    [
      "{name} read {a} pages [last week|yesterday|on Monday] and {b} [pages |][this week|today|on Tuesday]. How many pages [is that|were read|did {name} read] [altogether|in all]?",
      "A book has {a} pages. {name} has [read|finished] {b} [of them|pages]. How many pages are [left|left to read|unread]?",
      "A game starts at {a} points and {name} [loses|must give up] {b}. What is the score then?",
    ],
    [
      "[{a} boys and {b} girls|{a} red and {b} blue balls|{a} cats and {b} dogs|{a} adults and {b} children]: how many [are there|is that] [together|in all|altogether]?",
      "[Of|Out of] {a} [seats|tickets|places|cards], {b} are [taken|sold|used|gone]. How many are [free|left|unused]?",
      "[Out of|From] {a}, {b} [is|gets] [taken|cut|dropped]. [What remains|What is it now]?",
    ],
    [
      "[{a} and {b}, added up|{a} and another {b}|{a} together with {b}|{a} combined with {b}|{a} and {b} more]: [what number|how much is it|answer]?",
      "[{a} with {b} removed|{a} without {b}|{a} with {b} taken off|{b} off {a}|{b} under {a}]: [what number|how much is it|answer]?",
    ],
    [
      "A [box|bookcase|cupboard|bag] holds {a} {thing}, and {name} [adds|puts in|brings|lays in] {b}[ more|]. How many [are there now|does it hold now|are in it then]?",
      "A [box|bookcase|cupboard|bag] holds {a} {thing}, and {name} [takes out|removes|carries off|sells] {b}[ of them|]. How many [stay|are left in it|does it still hold]?",
      "A [box|cupboard|bag] is at {a} degrees and [gets|becomes|turns] {b} degrees [colder|cooler]. How many degrees is it then?",
    ],
    [
      "On [one|this|my] [shelf|table|desk] [stand|lie|there are] {a} {thing}, and on [the other|the next one] {b}. How many [in all|is that together|do both hold]?",
      "On [one|this|my] [shelf|table|desk] [stand|lie|there are] {a} {thing}, and {b} [get sold|go elsewhere|are given to {name}|are thrown out]. How many [remain|stay there|stand there still]?",
      "A [shop|firm|school] owns {a} euros and [must pay|pays out|owes] {b} for [shelves|tables|desks]. What is its balance?",
    ],
  ],
};
