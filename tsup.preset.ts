import { readFileSync } from "node:fs"
import type { Options } from "tsup"

interface Manifest {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>> | null>>
}

/**
 * How every package is built: one module for each of its public paths, whatever they share in chunks, dependencies left
 * out. Declarations come from `tsc -b`. tsup runs in the package's folder.
 *
 * @param alsoEntry Modules that are started as a program or a thread and so are no public path.
 */
export const preset = (alsoEntry: ReadonlyArray<string> = []): Options => {
  const { exports }: Manifest = JSON.parse(readFileSync("package.json", "utf8"))
  const publicModules = Object.values(exports).flatMap((conditions) => conditions?.["@timegrid/source"] ?? [])
  return {
    entry: [...publicModules, ...alsoEntry],
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
