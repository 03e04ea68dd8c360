/** The OpenAPI 3.1 document of the operations, whose schemas are those that serve them. */
import * as z from "zod"
import type { Endpoint } from "../contract/endpoint.ts"
import { ProblemBody } from "../contract/problems.ts"

/** What a document says of itself. */
export interface OpenApiInfo {
  readonly title: string
  readonly version: string
  readonly description?: string
}

type JsonObject = { [name: string]: unknown }

/** The document of an API that begins at `basePath`. */
export const openApiDocument = (endpoints: ReadonlyArray<Endpoint>, info: OpenApiInfo, basePath: string) => ({
  openapi: "3.1.0",
  info,
  servers: [{ url: basePath }],
  security: [{ session: [] }, { apiKey: [] }],
  tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
  paths: pathsOf(endpoints),
  components: {
    schemas: { Problem: jsonSchema(ProblemBody, "output") },
    securitySchemes: {
      session: { type: "apiKey", in: "cookie", name: "timegrid_session" },
      apiKey: { type: "http", scheme: "bearer" }
    }
  }
})

const pathsOf = (endpoints: ReadonlyArray<Endpoint>) => {
  const paths: Record<string, JsonObject> = {}
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(endpoint) }
  }
  return paths
}

const operationOf = (endpoint: Endpoint): JsonObject => ({
  operationId: operationId(endpoint),
  tags: [endpoint.tag],
  summary: endpoint.summary,
  ...(endpoint.access === "anonymous" ? { security: [] } : {}),
  parameters: [
    ...parametersOf(endpoint.params, "path"),
    ...parametersOf(endpoint.query, "query"),
    ...parametersOf(endpoint.headers, "header")
  ],
  ...requestBodyOf(endpoint),
  responses: {
    [endpoint.answer.status]: { description: "Done.", ...contentOf(endpoint) },
    default: {
      description: "Not done.",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }
    }
  }
})

/** `POST /jobs/{id}/retry` is called `postJobsIdRetry`. */
const operationId = ({ method, path }: Endpoint) =>
  method + path.replaceAll(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())

const parametersOf = (schema: z.ZodObject | undefined, place: "path" | "query" | "header") => {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property
  }))
}

const requestBodyOf = ({ body, multipart }: Endpoint) => {
  const schema = body ?? multipart
  if (schema === undefined) return {}
  const mediaType = body === undefined ? "multipart/form-data" : "application/json"
  return { requestBody: { required: true, content: { [mediaType]: { schema: jsonSchema(schema, "input") } } } }
}

const contentOf = ({ answer: { body, mediaType } }: Endpoint) => {
  if (body !== undefined) return { content: { "application/json": { schema: jsonSchema(body, "output") } } }
  return mediaType === undefined ? {} : { content: { [mediaType]: { schema: {} } } }
}

/** A schema that stands for itself: what its parts share is written out, and what contains itself is any value. */
const jsonSchema = (schema: z.ZodType, io: "input" | "output"): JsonObject => {
  // The document says its dialect once, for all of its schemas.
  const {
    $schema: _,
    $defs: __,
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: written }) => {
      if (written.$ref?.startsWith("#/$defs/")) delete written.$ref
    }
  })
  return rest
}
