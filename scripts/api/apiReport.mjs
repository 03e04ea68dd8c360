// The public surface of a package as text: for each public path what it exports, with the declaration that tsc wrote.
import { readFileSync } from "node:fs"
import path from "node:path"

/**
 * @param {string} folder
 * @param {import("../packages/publishedPackages.mjs").Manifest} manifest
 * @returns {string} Markdown
 */
export function apiReport(folder, manifest) {
  const sections = Object.entries(manifest.exports)
    .filter(([, conditions]) => conditions?.types !== undefined)
    .map(([subpath, conditions]) => {
      const exported = exportsOf(path.join(folder, /** @type {string} Filtered above. */ (conditions?.types)))
      const declarations = exported.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ text }) => text)
      return `## ${path.posix.join(manifest.name, subpath)}\n\n\`\`\`ts\n${declarations.join("\n\n")}\n\`\`\`\n`
    })
  return `# API of ${manifest.name}\n\nWritten by \`npm run api\` from the declarations; review every change to it.\n\n${sections.join("\n")}`
}

/**
 * @param {string} file
 * @returns {Array<{ readonly name: string, readonly text: string }>}
 */
function exportsOf(file) {
  const statements = statementsOf(readFileSync(file, "utf8"))
  return statements.flatMap((statement) => {
    const namespace = /^export \* as (\w+) from "(\..+)";$/.exec(statement)
    if (namespace !== null) {
      const [, name = "", module = ""] = namespace
      const members = exportsOf(declarationFile(file, module)).map(({ text }) => text.replace(/^/gm, "  "))
      return [{ name, text: `namespace ${name} {\n${members.join("\n")}\n}` }]
    }
    const reexport = /^export (?:type )?\{([^}]+)\} from "(.+)";$/s.exec(statement)
    if (reexport !== null) {
      const [, names = "", module = ""] = reexport
      if (!module.startsWith(".")) return [{ name: names.trim(), text: statement }]
      const found = new Map(exportsOf(declarationFile(file, module)).map(({ name, text }) => [name, text]))
      return names.split(",").map((listed) => {
        const [name = "", alias = name] = listed
          .trim()
          .replace(/^type /, "")
          .split(" as ")
        const text = found.get(name) ?? `export { ${name} } from "${module}";`
        return { name: alias, text: alias === name ? text : `${text}\nexport { ${name} as ${alias} };` }
      })
    }
    const name = declaredName(statement)
    if (name === undefined || !statement.startsWith("export ")) return []
    // A class made by a function has its shape in a declaration beside it.
    const base = statements.find((other) => other.startsWith(`declare const ${name}_base:`))
    return [{ name, text: base === undefined ? statement : `${base}\n${statement}` }]
  })
}

/**
 * @param {string} from
 * @param {string} module
 */
const declarationFile = (from, module) => path.join(path.dirname(from), module.replace(/\.[jt]s$/, ".d.ts"))

/** @param {string} statement */
const declaredName = (statement) =>
  /^(?:export )?(?:declare )?(?:abstract )?(?:const|class|function|interface|type|enum|namespace) (\w+)/.exec(
    statement
  )?.[1]

/**
 * The top-level statements, without comments. tsc indents whatever belongs to a statement but its last line.
 *
 * @param {string} text
 * @returns {Array<string>}
 */
function statementsOf(text) {
  const lines = text
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/^\/\/#.*$/gm, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
  /** @type {Array<string>} */
  const statements = []
  for (const line of lines) {
    if (/^(export|declare|import|type|interface|const|class|function)\b/.test(line)) statements.push(line)
    else statements.push(`${statements.pop() ?? ""}\n${line}`)
  }
  return mergeOverloads(statements)
}

/**
 * A type and a value of one name, or the overloads of a function, are one entry.
 *
 * @param {ReadonlyArray<string>} statements
 */
function mergeOverloads(statements) {
  /** @type {Map<string, string>} */
  const merged = new Map()
  for (const [index, statement] of statements.entries()) {
    const name = declaredName(statement) ?? `#${index}`
    const before = merged.get(name)
    merged.set(name, before === undefined ? statement : `${before}\n${statement}`)
  }
  return [...merged.values()]
}
