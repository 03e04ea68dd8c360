import { execFile } from "node:child_process"
import { mkdir, rename, rm, stat } from "node:fs/promises"
import { createRequire } from "node:module"
import path from "node:path"
import { promisify } from "node:util"

// What PGlite's file system fails with has no message, only the number of WASI.
const program = `
const [module, folder] = process.argv.slice(1)
const reasonOf = ({ errno, message }) =>
  errno === 51 ? "ENOSPC: no space left on the disk" : message || "error " + errno + " of the file system"
require(module).PGlite.create(folder).then((database) => database.close()).then(
  () => process.exit(),
  (error) => process.stderr.write(reasonOf(error), () => process.exit(1))
)
`

/**
 * Makes the files of a new database; does nothing where there are any. A process of its own does it: making them takes
 * twice the memory of working with them, and what WebAssembly has taken it does not give back.
 */
export const initialiseFolder = async (dataFolder: string): Promise<void> => {
  const isThere = await stat(path.join(dataFolder, "PG_VERSION")).catch(() => null)
  if (isThere !== null) return
  // What was cut off has another name than what is whole.
  const draft = `${dataFolder}.new`
  const discard = () => rm(draft, { recursive: true, force: true })
  await discard()
  await mkdir(draft)
  try {
    await makeDatabase(draft)
    await rename(draft, dataFolder)
  } catch (error) {
    await discard()
    throw error
  }
}

const makeDatabase = async (folder: string) => {
  const module = createRequire(import.meta.url).resolve("@electric-sql/pglite")
  try {
    await promisify(execFile)(process.execPath, ["--input-type=commonjs", "--eval", program, module, folder])
  } catch (cause) {
    // The message of the failure itself repeats the program.
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : ""
    throw new Error(said.split("\n").at(-1) || "The process that makes it ended early.", { cause })
  }
}
