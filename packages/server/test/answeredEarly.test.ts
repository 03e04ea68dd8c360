import { once } from "node:events"
import { connect } from "node:net"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { signUp } from "./people.ts"

const mebibyte = 1024 * 1024
const form = "multipart/form-data; boundary=b"
const startOfFile = '--b\r\ncontent-disposition: form-data; name="file"; filename="week.pdf"\r\n\r\n'

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({ limits: { uploads: 1 }, maxFileBytes: 2 * mebibyte }, { worker: false })
  return () => server.stop()
})

const open = async () => {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  await once(socket, "connect")
  return socket
}

const post = (path: string, headers: Readonly<Record<string, string | number>>) =>
  [`POST /api/v1${path} HTTP/1.1`, "Host: school.example"]
    .concat(Object.entries(headers).map(([name, value]) => `${name}: ${value}`))
    .join("\r\n")
    .concat("\r\n\r\n")

/** Sends a form of 8 MiB as a client does that looks at the answer only after it has sent everything. */
const sendThenLook = async (path: string, headers: Readonly<Record<string, string>>) => {
  const socket = await open()
  const closed = once(socket, "close")
  const piece = Buffer.alloc(mebibyte / 2, 32)
  const pieces = 16
  socket.write(post(path, { ...headers, "Content-Length": startOfFile.length + pieces * piece.length }) + startOfFile)
  for (let sent = 0; sent < pieces; sent += 1) {
    await new Promise<void>((resolve, reject) => socket.write(piece, (error) => (error ? reject(error) : resolve())))
    // Time enough for the server to answer and close amid the sending.
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  let answer = ""
  socket.on("data", (part) => {
    answer += String(part)
  })
  await closed
  return answer
}

describe("a request that is answered while its body is still being sent", () => {
  it("of nobody, or to no place, gets its answer, with which the connection ends", async () => {
    for (const [path, type, status] of [
      ["/documents/upload", form, 401],
      ["/nothing", form, 404],
      ["/auth/login", "application/json", 413]
    ] as const) {
      const answer = await sendThenLook(path, { "Content-Type": type })
      assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
      assert.match(answer, /\r\nconnection: close\r\n/i)
      assert.match(answer, /\r\n\r\n\{.+\}$/)
    }
  })

  it("with a file that is too large, and then with one too many, is told so, and when to come again", async () => {
    const { cookie } = await signUp(server, "eager")
    const headers = { Cookie: cookie, "Content-Type": form }
    const tooLarge = await sendThenLook("/documents/upload", headers)
    assert.match(tooLarge, /^HTTP\/1\.1 413 /)
    assert.match(tooLarge, /\r\nconnection: close\r\n/i)
    const tooMany = await sendThenLook("/documents/upload", headers)
    assert.match(tooMany, /^HTTP\/1\.1 429 /)
    assert.match(tooMany, /\r\nconnection: close\r\n/i)
    assert.match(tooMany, /\r\nretry-after: \d+\r\n/i)
  })
})

describe("a request that has arrived as a whole", () => {
  it("leaves its connection to the next, read or not", async () => {
    const socket = await open()
    const body = "x".repeat(10_000)
    const refused = post("/documents/upload", { "Content-Type": form, "Content-Length": body.length }) + body
    let answers = ""
    socket.on("data", (part) => {
      answers += String(part)
    })
    socket.write(refused)
    while (!answers.endsWith("}")) await once(socket, "data")
    assert.match(answers, /^HTTP\/1\.1 401 /)
    assert.notMatch(answers, /\r\nconnection: close\r\n/i)
    answers = ""
    socket.write("GET /livez HTTP/1.1\r\nHost: school.example\r\nConnection: close\r\n\r\n")
    await once(socket, "close")
    assert.match(answers, /^HTTP\/1\.1 200 /)
  })
})
