import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Environment, namedTiers } from "../src/command/namedTiers.ts"
import { parseTierArguments, type TierValues } from "../src/command/tierArguments.ts"

/** What a user is told of options and variables, or how many providers they make. */
const told = (values: TierValues, environment: Environment = {}): Effect.Effect<string | number> =>
  parseTierArguments(values).pipe(
    Effect.flatMap((named) => namedTiers(named, environment)),
    Effect.match({
      onFailure: ({ message }) => message,
      onSuccess: ({ cloudOcr = [], llm = [] }) => cloudOcr.length + llm.length
    })
  )

const mistakes: ReadonlyArray<readonly [string, TierValues, Environment, string]> = [
  ["a model without its vendor", { llm: ["claude"] }, {}, "--llm claude: a model is named PROVIDER:MODEL"],
  ["a vendor without a model", { llm: ["anthropic"] }, {}, "--llm anthropic: a model is named PROVIDER:MODEL"],
  ["no key", { llm: ["anthropic:x"] }, {}, "--llm anthropic:x needs the variable ANTHROPIC_API_KEY"],
  ["an empty key", { llm: ["openai:x"] }, { OPENAI_API_KEY: "" }, "--llm openai:x needs the variable OPENAI_API_KEY"],
  ["an engine's empty key", { "cloud-ocr": ["google-vision"] }, { GOOGLE_VISION_API_KEY: "" }, "GOOGLE_VISION_API_KEY"],
  ["an address that is none", { llm: ["ollama:x"], "llm-url": "here" }, {}, "--llm-url here is no address"],
  [
    "one address for two vendors, of which one would get the other's key",
    { llm: ["anthropic:x", "openai-compatible:y"], "llm-url": "http://127.0.0.1:8080/v1" },
    { ANTHROPIC_API_KEY: "a key" },
    "--llm-url is where one provider is, not anthropic and openai-compatible."
  ],
  ["an address of a file", { "cloud-ocr": ["http"] }, { TIMEGRID_OCR_URL: "file:///a" }, "TIMEGRID_OCR_URL is no addr"],
  [
    "an endpoint that is none",
    { "cloud-ocr": ["azure"] },
    { AZURE_DOCUMENT_INTELLIGENCE_ENDPOINT: "ours", AZURE_DOCUMENT_INTELLIGENCE_KEY: "a key" },
    "AZURE_DOCUMENT_INTELLIGENCE_ENDPOINT is no address"
  ],
  ["a budget without prices", { llm: ["openai:x"], budget: "1" }, { OPENAI_API_KEY: "a key" }, "needs --llm-price"],
  ["an engine that is none", { "cloud-ocr": ["vision"] }, {}, "use google-vision, textract, azure, http"]
]

describe("providers that a command line names", () => {
  it.effect.each(mistakes)("are refused in one sentence for %s", ([, values, environment, sentence]) =>
    Effect.gen(function* () {
      const said = yield* told(values, environment)
      assert.include(said, sentence)
      assert.match(String(said), /^[^\n]+\.$/)
    })
  )

  it.effect("are made of keys and addresses from the environment", () =>
    Effect.gen(function* () {
      const values = { llm: ["anthropic:x", "ollama:y"], "cloud-ocr": ["http", "google-vision"] }
      const environment = {
        ANTHROPIC_API_KEY: "a key",
        TIMEGRID_OCR_URL: "http://127.0.0.1:8080/ocr",
        GOOGLE_VISION_API_KEY: "a key"
      }
      assert.strictEqual(yield* told(values, environment), 4)
      assert.strictEqual(yield* told({}), 0)
    })
  )
})
