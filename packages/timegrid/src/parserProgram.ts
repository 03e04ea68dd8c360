// The build writes every module of this package into one folder, so this module stands beside the program in src/ too.
const isSource = import.meta.url.endsWith(".ts")

/** The module that a parser process runs. */
export const parserProgram = new URL(isSource ? "./parserProcess.ts" : "./parserProcess.js", import.meta.url)

// Flags that decide how modules are found and loaded; a debugger or a script given by --eval must not be passed on.
const passedOn = ["--conditions", "-C", "--import", "--require", "-r", "--loader", "--experimental-loader"]

/** Flags with which a parser process finds modules as this process does. */
export const parserProgramFlags = (): ReadonlyArray<string> => {
  const inherited = process.execArgv.flatMap((flag, index, flags) => {
    const [name] = flag.split("=", 1)
    if (name === undefined || !passedOn.includes(name)) {
      return []
    }
    const value = flags[index + 1]
    return flag.includes("=") || value === undefined ? [flag] : [flag, value]
  })
  return isSource ? [...inherited, "--conditions=@timegrid/source"] : inherited
}
