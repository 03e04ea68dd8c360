import { Statement } from "effect/sql"

/** An object of a schema as a statement names it. Nothing else splits or quotes names: either may hold any character. */
export const qualifiedName = (schema: string, object: string): Statement.Fragment =>
  Statement.fragment([Statement.literal(qualifiedText(schema, object))])

/** The same as text. */
export const qualifiedText = (schema: string, object: string): string => `${quoted(schema)}.${quoted(object)}`

/** A name by itself, such as that of a schema. */
export const quotedName = (name: string): Statement.Fragment => Statement.fragment([Statement.literal(quoted(name))])

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
