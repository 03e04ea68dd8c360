import { type ChildProcess, fork } from "node:child_process"
import { parserProgram, parserProgramFlags } from "../parserProgram.ts"

// Without these, engines do not find their libraries, fonts or temporary folder; everything else may be a secret.
const inheritedVariables = [
  "PATH",
  "LANG",
  "TMPDIR",
  "TMP",
  "TEMP",
  "SystemRoot",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "FONTCONFIG_FILE",
  "FONTCONFIG_PATH"
]

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    inheritedVariables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  ),
  // glibc keeps an arena a thread, which makes image libraries look several times their size.
  MALLOC_ARENA_MAX: "2"
})

// A parser reads modules and fonts, loads native libraries and has one thread that watches it; it writes no file and
// starts no program.
const permissions = ["--permission", "--allow-fs-read=*", "--allow-addons", "--allow-worker"]

// What a parser makes is soon garbage, of which V8 lets 48 MB gather before it looks; this keeps 25 MB a process.
const youngHeap = "--max-semi-space-size=4"

/** Starts the program of a parser process with no more rights than it needs. */
export const startChild = (modules: ReadonlyArray<string>, memoryBytes: number): ChildProcess => {
  const heapMebibytes = Math.ceil(memoryBytes / 1024 / 1024)
  return fork(parserProgram, [String(memoryBytes), ...modules], {
    env: environment(),
    execArgv: [...parserProgramFlags(), ...permissions, `--max-old-space-size=${heapMebibytes}`, youngHeap],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"]
  })
}

/** Lets the parent end while the child is idle. */
export const release = (child: ChildProcess) => {
  child.unref()
  child.channel?.unref()
}

/** Keeps the parent from ending while the child works for it. */
export const reference = (child: ChildProcess) => {
  child.ref()
  child.channel?.ref()
}
