import { existsSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { onDisk } from "@timegrid/test-servers"
import { startServer } from "../../src/index.ts"
import { emptyFolder, serve, startTimegrid, timegridCommand } from "./timegridProcess.ts"

const isOfAdministrator = (line: string) => line.includes("The administrator is")

/** A port that another program has. */
const takenPort = async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  // It listens on TCP.
  const { port } = other.address() as AddressInfo
  return { port, free: () => other.close() }
}

describe("timegrid serve that cannot listen", () => {
  it("says so, makes nothing, and so still shows the administrator when it is started where it can", async () => {
    const { folder, remove } = await emptyFolder()
    const data = path.join(folder, "data")
    const { free, port } = await takenPort()
    try {
      for (const [where, line] of [
        [["--port", String(port)], `timegrid: address_in_use: 127.0.0.1:${port} is in use by another program.`],
        // An address of documentation (RFC 5737), which is no machine's.
        [["--host", "192.0.2.1"], "timegrid: unavailable: 192.0.2.1:3000 cannot be listened on: "]
      ] as const) {
        const refused = startTimegrid(["serve", "--data", data, ...where])
        assert.strictEqual((await refused.end()).code, 1)
        assert.lengthOf(refused.lines(), 1)
        assert.include(refused.lines()[0], line)
        assert.isFalse(existsSync(data))
      }
      const started = await serve(["--data", data])
      assert.lengthOf(started.lines().filter(isOfAdministrator), 1)
      await started.end("SIGTERM")
    } finally {
      free()
      await remove()
    }
  })

  it("rejects from a program just so", async () => {
    const { folder, remove } = await emptyFolder()
    const dataFolder = path.join(folder, "data")
    const { free, port } = await takenPort()
    try {
      const failure = await startServer({ dataFolder, port, worker: false }).catch((error: unknown) => error)
      assert.propertyVal(failure, "code", "address_in_use")
      assert.isFalse(existsSync(dataFolder))
      const server = await startServer({ dataFolder, port: 0, worker: false })
      assert.isNotNull(server.administrator)
      await server.close()
    } finally {
      free()
      await remove()
    }
  })
})

describe("timegrid serve on a place that holds no data", () => {
  const isLinux = process.platform === "linux"
  const serveOn = (data: string) => ["serve", "--port", "0", "--data", data]

  it("ends with one line that says what is the matter with the place", async () => {
    const { folder, remove } = await emptyFolder()
    try {
      const file = path.join(folder, "week.pdf")
      await writeFile(file, "")
      // Of the second Node says for ever that there is no folder above it.
      for (const [data, code] of [[file, "EEXIST"], ...(isLinux ? [["/proc/timegrid", "ENOENT"]] : [])] as const) {
        const refused = startTimegrid(serveOn(String(data)))
        assert.strictEqual((await refused.end()).code, 1)
        assert.lengthOf(refused.lines(), 1)
        assert.match(refused.lines()[0] ?? "", new RegExp(`^timegrid: unavailable: .+ cannot be opened: ${code}: `))
      }
    } finally {
      await remove()
    }
  })

  it.skipIf(!isLinux).each([
    ["that is full", "size=3m", "ENOSPC"],
    ["that is read-only", "ro", "EROFS"]
  ])("ends so on a disk %s too", async (_, options, code) => {
    const { folder, remove } = await emptyFolder()
    try {
      const run = onDisk(folder, options, timegridCommand(serveOn(path.join(folder, "data"))))
      if (run === null) return
      assert.strictEqual(run.status, 1)
      assert.match(run.stderr, new RegExp(`^timegrid: unavailable: .+ cannot be opened: ${code}: .+\n$`))
    } finally {
      await remove()
    }
  })
})
