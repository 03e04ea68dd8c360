import { execFile } from "node:child_process"
import { stat } from "node:fs/promises"
import { createRequire } from "node:module"
import path from "node:path"
import { promisify } from "node:util"

const program = `
const [module, folder] = process.argv.slice(1)
require(module).PGlite.create(folder).then((database) => database.close()).then(() => process.exit())
`

/**
 * Makes the files of a new database; does nothing where there are any. A process of its own does it: making them takes
 * twice the memory of working with them, and what WebAssembly has taken it does not give back.
 */
export const initialiseFolder = async (dataFolder: string): Promise<void> => {
  const isThere = await stat(path.join(dataFolder, "PG_VERSION")).catch(() => null)
  if (isThere !== null) return
  const module = createRequire(import.meta.url).resolve("@electric-sql/pglite")
  await promisify(execFile)(process.execPath, ["--input-type=commonjs", "--eval", program, module, dataFolder])
}
