import { spawn } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"

const pollMs = 20

/**
 * Runs a Node program to its end and gives the most memory that it and all below it held at once.
 *
 * @param {ReadonlyArray<string>} args
 * @returns {Promise<{ readonly code: number | null, readonly peakBytes: number }>} 0 bytes where the system has no /proc
 */
export const peakMemoryOf = (args) =>
  new Promise((resolve, reject) => {
    let peakBytes = 0
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] })
    const poll = setInterval(() => {
      if (child.pid !== undefined) peakBytes = Math.max(peakBytes, residentBytes(child.pid))
    }, pollMs)
    child.on("error", reject)
    child.on("close", (code) => {
      clearInterval(poll)
      resolve({ code, peakBytes })
    })
  })

/**
 * What a process and all below it hold now; 0 where the system has no /proc.
 *
 * @param {number} rootPid
 */
export function residentBytes(rootPid) {
  if (process.platform !== "linux") return 0
  /** @type {Map<number, Array<number>>} */
  const children = new Map()
  for (const name of readdirSync("/proc")) {
    const parent = Number(/^PPid:\s*(\d+)/m.exec(statusOf(name))?.[1])
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  let bytes = 0
  for (const tree = [rootPid]; tree.length > 0; ) {
    const pid = /** @type {number} */ (tree.pop())
    bytes += Number(/^VmRSS:\s*(\d+) kB/m.exec(statusOf(`${pid}`))?.[1] ?? 0) * 1024
    tree.push(...(children.get(pid) ?? []))
  }
  return bytes
}

/** @param {string} pid */
function statusOf(pid) {
  if (!/^\d+$/.test(pid)) return ""
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8")
  } catch {
    // It has ended meanwhile.
    return ""
  }
}
