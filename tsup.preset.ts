import { readFileSync } from "node:fs"
import type { Options } from "tsup"

interface Manifest {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>> | null>>
  readonly bin?: Readonly<Record<string, string>>
}

/**
 * How every package is built: one module for each of its public paths and commands, whatever they share in chunks,
 * dependencies left out. Declarations come from `tsc -b`. tsup runs in the package's folder.
 *
 * @param alsoEntry Modules that are started as a process or a thread and so are no public path.
 */
export const preset = (alsoEntry: ReadonlyArray<string> = []): Options => {
  const { bin = {}, exports }: Manifest = JSON.parse(readFileSync("package.json", "utf8"))
  const publicModules = Object.values(exports).flatMap((conditions) => conditions?.["@timegrid/source"] ?? [])
  const commands = Object.values(bin).map((file) => file.replace("./dist/", "./src/").replace(/\.js$/, ".ts"))
  return {
    entry: [...publicModules, ...commands, ...alsoEntry],
    format: "esm",
    target: "node22",
    splitting: true,
    sourcemap: true,
    skipNodeModulesBundle: true,
    // What tsc has written stays, and tsc would not write it again.
    clean: ["!**/*.d.ts", "!**/*.d.ts.map"],
    silent: true
  }
}
