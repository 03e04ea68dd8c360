/** Between paths as OpenAPI writes them, such as `/timetables/{id}.ics`, and those of the router. */

const parameter = /\{(\w+)\}([^/]*)/g

/** `/timetables/{id}.ics` as the router has it; a parameter with an ending takes the segment with that ending. */
export const routePath = (path: string): string =>
  path.replaceAll(parameter, (_, name: string, ending: string) =>
    ending === "" ? `:${name}` : `:${name}{[^/]+${ending.replaceAll(".", "\\.")}}`
  )

/** What the router found, without the endings that the path says itself. */
export const pathParameters = (path: string, found: Readonly<Record<string, string>>): Record<string, string> => {
  const values = { ...found }
  for (const [, name = "", ending = ""] of path.matchAll(parameter)) {
    const value = values[name]
    if (ending !== "" && value !== undefined) values[name] = value.slice(0, -ending.length)
  }
  return values
}
