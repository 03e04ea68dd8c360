// A lock between processes of one machine: a file that names the processes that hold it. It is stale when none of them
// lives any more, so that a killed bootstrap never blocks the next one, and the install it has left behind still does.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const pollMs = 100
/** How long a file may be without content, or a takeover last, before its process counts as dead. */
const graceMs = 5_000

/**
 * Runs `task` while no other process holds the lock. `task` is given `alsoHeldBy`, which names a child process that must
 * have ended too before the lock counts as stale.
 *
 * @template T
 * @param {string} file
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<T>} task
 * @param {() => void} [onWait] Called once when another process holds the lock.
 * @returns {Promise<T>}
 */
export async function withLock(file, task, onWait) {
  mkdirSync(path.dirname(file), { recursive: true })
  const holders = [identityOf(process.pid)]
  let waited = false
  while (!create(file, holders.join("\n"))) {
    if (isStale(file)) takeAway(file)
    else {
      if (!waited) onWait?.()
      waited = true
      await sleep(pollMs)
    }
  }
  try {
    return await task((pid) => {
      const identity = identityOf(pid)
      if (identity === undefined) return
      holders.push(identity)
      const next = `${file}.${process.pid}`
      writeFileSync(next, holders.join("\n"))
      renameSync(next, file)
    })
  } finally {
    rmSync(file, { force: true })
  }
}

/**
 * @param {string} file
 * @param {string} content
 * @returns {boolean} false when the file was there already
 */
function create(file, content) {
  try {
    writeFileSync(file, content, { flag: "wx" })
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

/** @param {string} file */
function isStale(file) {
  try {
    const holders = readFileSync(file, "utf8")
    if (holders === "") return Date.now() - statSync(file).mtimeMs > graceMs
    return !holders.split("\n").some((holder) => identityOf(Number.parseInt(holder, 10)) === holder)
  } catch {
    return false
  }
}

/**
 * Removes a stale lock. Two processes may find it stale at once: only the one that creates the file beside it looks
 * again and removes, so that neither takes away a lock that the other has just made.
 *
 * @param {string} file
 */
function takeAway(file) {
  const takeover = `${file}.takeover`
  if (!create(takeover, "")) {
    if (isStale(takeover)) rmSync(takeover, { force: true })
    return
  }
  if (isStale(file)) rmSync(file, { force: true })
  rmSync(takeover, { force: true })
}

/**
 * The process with this id, told apart from a later one with the same id where the system says when it started.
 *
 * @param {number} pid
 * @returns {string | undefined} undefined when it has ended
 */
function identityOf(pid) {
  if (process.platform === "linux") {
    try {
      // The fields after the name, which may hold anything: state, …, and as the 20th the start in ticks since boot.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")
      return fields[0] === "Z" || fields[0] === "X" ? undefined : `${pid} ${fields[19]}`
    } catch {
      return undefined
    }
  }
  try {
    process.kill(pid, 0)
    return `${pid}`
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? `${pid}` : undefined
  }
}
