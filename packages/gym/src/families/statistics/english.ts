// The English wordings of statistics, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { KindTexts } from "../../kind-wordings.ts";
import type { Ask } from "./wordings.ts";

export const ENGLISH: KindTexts<Ask> = {
  heldOut: {
    list: [
      "Hens on several farms laid {list} eggs. Which {stat} results?",
      "Hikers carry {list} kilograms; report the {stat} of their loads.",
      "Stall sales amounted to {list} jars. Say which number is the {stat}.",
    ],
    weighted: [
      "A baker sold loaves: {parts}. How many loaves is that daily, on average?",
      "Gauge readings in mm: {parts}: report the daily average.",
      "Guests came: {parts}. Say how many an average day brought.",
    ],
    missing: [
      "Sacks of {list} kg and one without label average {m} kg. Report the weight of that sack.",
      "Hikers carry {list} kilograms, plus one unknown load; all loads average {m}. How heavy is the unknown one?",
      "A row {list}, ? averages {m}. Say which number hides behind the sign.",
    ],
  },
  trained: {
    list: [
      "[What is|Find|Compute|Calculate] the {stat} of {list}[?|.]",
      "{name} scored {list} points. [What is the {stat} of the scores?|Give the {stat} of the scores.]",
      "The temperatures of some days were {list} degrees. [Find|Give] the {stat}.",
      "[Data|Numbers]: {list}\n[Wanted|Find]: {stat}",
      "[Given are|Here are|We have] the numbers {list}. [What is their {stat}?|Compute their {stat}.]",
      "[If|When] some plants measure {list} cm, what {stat} do they have?",
      "{name} needed {list} minutes for the way to work. [State|Write down] the {stat} of these times.",
      "[Can|Could] you [please |]tell me the {stat} of {list}?",
    ],
    weighted: [
      "{name} scored {parts} points. What is the mean of all these scores?",
      "[Find|Compute] the mean of a list that has {parts}.",
      "[Values|Data]: {parts}\nMean?",
      "A card game gave {parts} points. [State|Give] the average.",
      "A shop sold bags of sugar: {parts} grams. What is the average weight of a bag?",
      "[If|When] a list holds {parts}, what is its mean?",
      "[Can|Could] you [please |]work out the average of {parts}?",
      "In a frequency table we read {parts}. [Find|Write down] the mean.",
    ],
    missing: [
      "The mean of {list} and a missing number is {m}. What is the missing number?",
      "{name} has scores of {list} so far. What must the next score be so that the average is {m}?",
      "[Which|What] number must be added to the list {list} so that the mean becomes {m}?",
      "Numbers: {list}, x\nMean: {m}\nx = ?",
      "[If|When] the average of x and {list} is {m}, what is x?",
      "One number is unreadable, the others are {list}, and all together have the mean {m}. [Find it.|What is it?]",
    ],
  },
};
