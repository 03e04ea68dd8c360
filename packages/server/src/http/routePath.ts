/** Between paths as OpenAPI writes them, such as `/timetables/{id}.ics`, and those of the router. */

const parameter = /\{(\w+)\}([^/]*)/g

/** `/timetables/{id}.ics` as the router has it; a parameter with an ending takes the segment with that ending. */
export const routePath = (path: string): string =>
  path.replaceAll(parameter, (_, name: string, ending: string) =>
    ending === "" ? `:${name}` : `:${name}{[^/]+${ending.replaceAll(".", "\\.")}}`
  )

/** Takes from what the router finds the endings that the path says itself. */
export const pathParametersOf = (
  path: string
): ((found: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) => {
  const endings = [...path.matchAll(parameter)].filter(([, , ending]) => ending !== "")
  if (endings.length === 0) return (found) => found
  return (found) => {
    const values = { ...found }
    for (const [, name = "", ending = ""] of endings) {
      const value = values[name]
      if (value !== undefined) values[name] = value.slice(0, -ending.length)
    }
    return values
  }
}
