// Lets a language model look at what the offline reading is not sure of: node main.ts [FILE]
// TIMEGRID_MODEL names the model, such as anthropic:claude-haiku-4-5; without it a stand-in on this machine answers.
import { AiSdkLlm, modelFromName } from "@timegrid/llm"
import { Effect, Layer } from "effect"
import { createTimegrid } from "timegrid"
import { startStandIn } from "./standIn.ts"

const file = process.argv[2] ?? new URL("../samples/scanned-week.jpg", import.meta.url)

const standIn = await startStandIn()
const model = process.env.TIMEGRID_MODEL
  ? modelFromName(process.env.TIMEGRID_MODEL)
  : modelFromName("openai-compatible:stand-in", { baseUrl: standIn.baseUrl })

// Prices are yours to give: they change, and with a budget a model without one is not asked.
const prices = {
  "anthropic:claude-haiku-4-5": { inputUsd: 1, outputUsd: 5 },
  "openai-compatible:stand-in": { inputUsd: 0.1, outputUsd: 0.4 }
}

const timegrid = await createTimegrid({
  llm: [Layer.unwrap(Effect.map(model, (named) => AiSdkLlm.layer({ ...named, prices })))],
  // A model is asked when no reading reaches this; 100 asks it about every document.
  routing: { acceptFrom: 100 },
  budget: { usd: 0.5 }
})
try {
  const { extraction } = await timegrid.run(file, {
    onEvent: (event) => {
      if (event.type === "provider:called") console.error(`${event.provider} is asked`)
      if (event.type === "provider:settled") console.error(`${event.provider} cost ${event.cost.usd} dollars`)
      if (event.type === "stage:finished" && event.stage === "tiers/llm") console.error(event.notes)
    }
  })
  for (const { confidence, dayOfWeek, endTime, name, startTime } of extraction.timeblocks) {
    console.log(`${dayOfWeek} ${startTime}–${endTime}  ${name}  (${confidence} %)`)
  }
  // What a model makes up, as the stand-in its ice cream, costs its reading confidence: the surest one is kept.
  console.log(`the reading by ${extraction.tier} is kept, ${extraction.confidence} % sure`)
} finally {
  await timegrid.close()
  await standIn.close()
}
