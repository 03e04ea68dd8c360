import type { LlmRepair, LlmRequest } from "@timegrid/core"
import * as z from "zod"
import type { CallOptions } from "./answerStream.ts"
import { encodePng } from "./png.ts"

/** How requests are put to a model. */
export interface RequestStyle {
  /** Whether the schema goes beside the prompt; else it goes into it. */
  readonly jsonSchema: boolean
  readonly maxOutputTokens: number
  readonly providerOptions: NonNullable<CallOptions["providerOptions"]>
}

/** A request in the words of the AI SDK: no tools, temperature 0. */
export const callOptionsOf = (
  { prompt, repair, schema, system }: LlmRequest<unknown>,
  { jsonSchema, maxOutputTokens, providerOptions }: RequestStyle
): CallOptions => {
  const { $schema, ...shape } = z.toJSONSchema(schema)
  const instructions = jsonSchema ? system : `${system}\n\nThe JSON Schema of the answer:\n${JSON.stringify(shape)}`
  return {
    prompt: [
      { role: "system", content: instructions },
      { role: "user", content: prompt.map(partOf) },
      ...(repair === undefined ? [] : repairMessages(repair))
    ],
    temperature: 0,
    maxOutputTokens,
    // The types of zod and of the SDK both describe draft 2020-12, each in its own words.
    responseFormat: { type: "json", ...(jsonSchema && { name: "timetable", schema: shape as JsonSchema }) },
    providerOptions
  }
}

type Prompt = CallOptions["prompt"]
type UserPart = Extract<Prompt[number], { readonly role: "user" }>["content"][number]
type JsonSchema = NonNullable<Extract<CallOptions["responseFormat"], { readonly type: "json" }>["schema"]>

const partOf = (part: LlmRequest<unknown>["prompt"][number]): UserPart =>
  part.type === "text"
    ? { type: "text", text: part.text }
    : { type: "file", mediaType: "image/png", data: { type: "data", data: encodePng(part.image) } }

const repairMessages = ({ answer, complaint }: LlmRepair): Prompt => [
  // No service takes an empty message.
  { role: "assistant", content: [{ type: "text", text: answer === "" ? "(nothing)" : answer }] },
  {
    role: "user",
    content: [
      {
        type: "text",
        text: `That answer cannot be read:\n${complaint}\nAnswer again with one JSON object that fits, and nothing else.`
      }
    ]
  }
]
