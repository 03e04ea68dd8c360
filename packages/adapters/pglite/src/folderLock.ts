/** One process at a time has a folder. Node has no lock that ends with its process, so that a file says whose it is. */
import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import path from "node:path"
import { Effect, Schedule, type Scope } from "effect"
import { makeFolder } from "./makeFolder.ts"
import { FolderInUse, FolderUnusable } from "./PgliteError.ts"

const beat = "5 seconds"
/** A holder on another machine that has not been heard of for so long is gone. */
const silenceMs = 30_000

interface Holder {
  readonly host: string
  readonly pid: number
  /** Tells two holders with one number apart, as containers have them. */
  readonly token: string
}

const held = new Set<string>()

/** Holds the folder, which is made where it is missing, until the scope ends. */
export const lockFolder = (folder: string): Effect.Effect<void, FolderInUse | FolderUnusable, Scope.Scope> =>
  Effect.gen(function* () {
    const file = path.join(path.resolve(folder), "lock.json")
    const own: Holder = { host: hostname(), pid: process.pid, token: crypto.randomUUID() }
    yield* Effect.acquireRelease(take(folder, file, own), () => Effect.promise(() => giveBack(file)))
    yield* Effect.forkScoped(
      Effect.repeat(Effect.ignore(Effect.tryPromise(() => utimes(file, new Date(), new Date()))), Schedule.spaced(beat))
    )
  })

const take = (folder: string, file: string, own: Holder) =>
  Effect.gen(function* () {
    const attempt = <A>(work: () => Promise<A>) =>
      Effect.tryPromise({ try: work, catch: (cause) => new FolderUnusable({ folder, cause }) })
    const inUse = (holder: Holder) =>
      new FolderInUse({ folder, by: `process ${holder.pid}${holder.host === own.host ? "" : ` on ${holder.host}`}` })

    yield* attempt(() => makeFolder(path.dirname(file)))
    if (held.has(file)) return yield* inUse(own)
    held.add(file)
    return yield* Effect.onError(
      Effect.gen(function* () {
        if (yield* attempt(() => create(file, own))) return
        const other = yield* attempt(() => livingHolder(file, own))
        if (other !== null) return yield* inUse(other)
        // Of several who come upon a lock that was left behind, the one whose name stays has it.
        yield* attempt(() => replace(file, own))
        yield* Effect.sleep("50 millis")
        const now = yield* attempt(() => readHolder(file))
        if (now !== null && now.token !== own.token) return yield* inUse(now)
      }),
      () => Effect.sync(() => held.delete(file))
    )
  })

const giveBack = async (file: string) => {
  held.delete(file)
  await rm(file, { force: true })
}

const create = async (file: string, own: Holder) => {
  try {
    await writeFile(file, JSON.stringify(own), { flag: "wx" })
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

const replace = async (file: string, own: Holder) => {
  const draft = `${file}.${own.token}`
  await writeFile(draft, JSON.stringify(own))
  await rename(draft, file)
}

/** Who has the lock; null for nobody who lives. */
const livingHolder = async (file: string, own: Holder): Promise<Holder | null> => {
  const holder = await readHolder(file)
  if (holder === null) return null
  if (holder.host !== own.host) {
    const { mtimeMs } = await stat(file)
    return Date.now() - mtimeMs > silenceMs ? null : holder
  }
  // Our own number in a lock that we do not hold is that of a process before us.
  return holder.pid !== own.pid && isAlive(holder.pid) ? holder : null
}

/** Null for a lock that nobody has, or that was cut off while it was written. */
const readHolder = async (file: string): Promise<Holder | null> => {
  try {
    const { host, pid, token } = JSON.parse(await readFile(file, "utf8"))
    return { host: String(host), pid: Number(pid), token: String(token) }
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT"))
      return null
    throw error
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
