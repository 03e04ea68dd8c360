import * as z from "zod"

/** Between the JSON text of a Redis string and the value that `schema` describes. */
export const jsonText = <S extends z.ZodType>(schema: S): z.ZodCodec<z.ZodString, S> =>
  z.codec(z.string(), schema, {
    decode: (text, { issues }) => {
      try {
        // Checked by `schema` straight after.
        return JSON.parse(text) as z.input<S>
      } catch {
        issues.push({ code: "invalid_format", format: "json_string", input: text, message: "Invalid JSON" })
        return z.NEVER
      }
    },
    encode: (value) => JSON.stringify(value)
  })
