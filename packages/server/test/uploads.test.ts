import { connect } from "node:net"
import { crc32, deflateSync } from "node:zlib"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { BlobStore } from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { ProcessingJobs, UploadedDocuments } from "@timegrid/core/repository"
import { makeTimetable } from "@timegrid/maker"
import { Effect, Stream } from "effect"
import { ProblemBody } from "../src/contract/problems.ts"
import { readUpload, safeFileName } from "../src/documents/readUpload.ts"
import { attachment } from "../src/http/attachment.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp } from "./people.ts"

const maxFileBytes = 200_000
let server: MemoryServer
let pdf: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  server = await startMemoryServer({ maxFileBytes, limits: { uploads: 1_000 } }, { worker: false })
  pdf = new Uint8Array((await makeTimetable({ seed: 1, tier: "pdf" })).bytes)
  assert.isBelow(pdf.byteLength, maxFileBytes)
})
afterAll(() => server.stop())

const pdfFile = (name = "week.pdf", bytes = pdf) => new File([bytes], name, { type: "application/pdf" })

/** How many rows and bytes a user has, and what was refused them. */
const leftBy = (userId: string) =>
  server.run(
    Effect.gen(function* () {
      const blobs = yield* BlobStore
      const { items: documents } = yield* (yield* UploadedDocuments).list({ filter: { userId } })
      const { items: jobs } = yield* (yield* ProcessingJobs).list({ filter: { userId } })
      const { items: audit } = yield* (yield* AuditLogs).list({ filter: { userId, action: "document.refused" } })
      const blobCount = yield* Stream.runCount(blobs.list("uploads/"))
      return { documents: documents.length, jobs: jobs.length, audit: audit.map(({ changes }) => changes), blobCount }
    })
  )

/** Sends a form of one's own making. */
const sendRaw = async (cookie: string, body: string | Uint8Array<ArrayBuffer>, contentType: string) => {
  const headers = { cookie, "content-type": contentType }
  const response = await fetch(`${server.url}/api/v1/documents/upload`, { method: "POST", headers, body })
  return { status: response.status, problem: ProblemBody.parse(await response.json()) }
}

const part = (headers: string, content: string) => `--b\r\n${headers}\r\n\r\n${content}\r\n`
const filePart = (name: string) => part(`Content-Disposition: form-data; name="file"; filename="${name}"`, "%PDF-1.7")

describe("an upload", () => {
  it("answers 202 once document, job and bytes are kept, and says where to follow the job", async () => {
    const { cookie, id } = await signUp(server, "uploader")
    const before = await leftBy(id)
    const form = new FormData()
    form.set("timetableName", "My week")
    form.set("file", pdfFile())
    const response = await fetch(`${server.url}/api/v1/documents/upload`, {
      method: "POST",
      headers: { cookie },
      body: form
    })
    const { jobId, status } = (await response.json()) as { readonly jobId: string; readonly status: string }
    assert.deepStrictEqual([response.status, status], [202, "pending"])
    assert.strictEqual(response.headers.get("location"), `/api/v1/jobs/${jobId}`)
    assert.deepInclude(await leftBy(id), { documents: 1, jobs: 1, blobCount: before.blobCount + 1 })
  })

  it("can be listed, read, fetched under a safe name, and deleted with its bytes", async () => {
    const { client, id } = await signUp(server, "reader")
    const before = await leftBy(id)
    const { documentId } = await client.documents.upload({ form: { file: pdfFile('Woche \u00e4\u00f6".pdf') } })
    const params = { id: documentId }
    const { items } = await client.documents.list({ query: { status: "completed" } })
    assert.deepStrictEqual(
      items.map((document) => document.id),
      [documentId]
    )
    assert.deepInclude(await client.documents.status({ params }), { uploadStatus: "completed", status: "pending" })
    const content = await client.documents.content({ params })
    assert.deepStrictEqual(new Uint8Array(await content.arrayBuffer()), pdf)
    assert.match(
      content.headers.get("content-disposition") ?? "",
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/
    )
    assert.include(content.headers.get("content-security-policy") ?? "", "sandbox")
    await client.documents.delete({ params })
    await refused(client.documents.get({ params }), "not_found")
    assert.deepInclude(await leftBy(id), { documents: 0, jobs: 0, blobCount: before.blobCount })
  })

  it("sent again under the same key is the first one, and another document under it is refused", async () => {
    const { client, id } = await signUp(server, "again")
    const before = await leftBy(id)
    const headers = { "idempotency-key": "once" }
    const first = await client.documents.upload({ form: { file: pdfFile() }, headers })
    const second = await client.documents.upload({ form: { file: pdfFile("renamed.pdf") }, headers })
    assert.deepStrictEqual(second, first)
    const other = new Uint8Array((await makeTimetable({ seed: 2, tier: "pdf" })).bytes)
    await refused(
      client.documents.upload({ form: { file: pdfFile("week.pdf", other) }, headers }),
      "idempotency_mismatch"
    )
    assert.deepInclude(await leftBy(id), { documents: 1, jobs: 1, blobCount: before.blobCount + 1 })
    // The key is this user's alone.
    const { client: colleague } = await signUp(server, "colleague")
    const theirs = await colleague.documents.upload({ form: { file: pdfFile("week.pdf", other) }, headers })
    assert.notStrictEqual(theirs.jobId, first.jobId)
  })

  it("sent many times at once under the same key is one upload", async () => {
    const { client, id } = await signUp(server, "at-once")
    const headers = { "idempotency-key": "at once" }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.documents.upload({ form: { file: pdfFile() }, headers }))
    )
    assert.strictEqual(new Set(answers.map(({ jobId }) => jobId)).size, 1)
    assert.deepInclude(await leftBy(id), { documents: 1, jobs: 1 })
  })

  it("that waits for a result answers 202 all the same when there is none in time", async () => {
    const { cookie } = await signUp(server, "waiting")
    const form = new FormData()
    form.set("file", pdfFile())
    const headers = { cookie, prefer: "respond-async, wait=1" }
    const response = await fetch(`${server.url}/api/v1/documents/upload`, { method: "POST", headers, body: form })
    assert.strictEqual(response.status, 202)
  })

  it("past a user's limit answers 429 with Retry-After and how the limit stands", async () => {
    const own = await startMemoryServer({ limits: { uploads: 1 } }, { worker: false })
    try {
      const { cookie } = await signUp(own, "eager")
      const send = () => {
        const form = new FormData()
        form.set("file", pdfFile())
        return fetch(`${own.url}/api/v1/documents/upload`, { method: "POST", headers: { cookie }, body: form })
      }
      assert.strictEqual((await send()).headers.get("ratelimit-policy"), '"default";q=1;w=3600')
      const response = await send()
      assert.strictEqual(response.status, 429)
      assert.isAbove(Number(response.headers.get("retry-after")), 0)
      assert.match(response.headers.get("ratelimit") ?? "", /^"default";r=0;t=\d+$/)
    } finally {
      await own.stop()
    }
  })
})

describe("a file that is not taken", () => {
  /** A PNG that says that it is 20,000 pixels wide and high. */
  const hugePng = () => {
    const chunk = (type: string, data: Buffer) => {
      const content = Buffer.concat([Buffer.from(type), data])
      const ends = Buffer.alloc(8)
      ends.writeUInt32BE(data.length)
      ends.writeUInt32BE(crc32(content), 4)
      return [ends.subarray(0, 4), content, ends.subarray(4)]
    }
    const header = Buffer.from([0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 2, 0, 0, 0])
    const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.alloc(10))), chunk("IEND", Buffer.alloc(0))]
    return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks.flat()])
  }
  const cases: ReadonlyArray<readonly [string, string, number, () => File]> = [
    ["nothing", "empty_file", 422, () => new File([], "week.pdf", { type: "application/pdf" })],
    ["text", "unsupported_type", 415, () => new File(["hello, world"], "week.pdf", { type: "application/pdf" })],
    ["a type that is not read", "unsupported_type", 415, () => new File([pdf], "week.gif", { type: "image/gif" })],
    ["a PDF that is called a PNG", "type_mismatch", 415, () => new File([pdf], "week.png", { type: "image/png" })],
    ["too many bytes", "file_too_large", 413, () => pdfFile("big.pdf", new Uint8Array(maxFileBytes + 1))],
    ["an image of too many pixels", "image_too_large", 422, () => new File([hugePng()], "a.png", { type: "image/png" })]
  ]
  for (const [name, code, status, file] of cases) {
    it(`as ${name} is answered ${status} ${code}, and leaves one row in the audit log and nothing else`, async () => {
      const { client, id } = await signUp(server, `refused-${code}-${name.length}`)
      const before = await leftBy(id)
      const problem = await refused(client.documents.upload({ form: { file: file() } }), code)
      assert.strictEqual(problem.status, status)
      assert.deepStrictEqual(await leftBy(id), { ...before, audit: [{ code }] })
    })
  }
})

describe("a form that is none", () => {
  const boundary = "multipart/form-data; boundary=b"
  const forms: Readonly<Record<string, readonly [string, string]>> = {
    "that says no boundary": [filePart("a.pdf"), "multipart/form-data"],
    "that says an empty boundary": [filePart("a.pdf"), "multipart/form-data; boundary="],
    "that is JSON": ["{}", "application/json"],
    "with no file": [`${part('Content-Disposition: form-data; name="timetableName"', "x")}--b--\r\n`, boundary],
    "whose file has another name": [`${filePart("a.pdf").replace('name="file"', 'name="other"')}--b--\r\n`, boundary],
    "with two files": [`${filePart("a.pdf")}${filePart("b.pdf")}--b--\r\n`, boundary],
    "that ends in the middle": [filePart("a.pdf").slice(0, -4), boundary],
    "that is empty": ["", boundary],
    "with a field that is huge": [
      `${part('Content-Disposition: form-data; name="timetableName"', "x".repeat(20_000))}${filePart("a.pdf")}--b--\r\n`,
      boundary
    ],
    "with too many fields": [
      `${Array.from({ length: 30 }, (_, n) => part(`Content-Disposition: form-data; name="f${n}"`, "x")).join("")}${filePart("a.pdf")}--b--\r\n`,
      boundary
    ]
  }
  for (const [name, [body, type]] of Object.entries(forms)) {
    it(`${name} is answered with a problem, never a 500, and leaves nothing`, async () => {
      const { cookie, id } = await signUp(server, `form${name.replaceAll(" ", "-")}`)
      const before = await leftBy(id)
      const { problem, status } = await sendRaw(cookie, body, type)
      assert.deepStrictEqual([status, problem.code], [400, "malformed_request"])
      assert.deepStrictEqual(await leftBy(id), before)
    })
  }

  it("with a timetable name that no timetable can have is pointed to", async () => {
    const { client } = await signUp(server, "long-name")
    const call = client.documents.upload({ form: { file: pdfFile(), timetableName: "x".repeat(300) } })
    const { errors } = await refused(call, "validation_failed")
    assert.deepStrictEqual(
      errors.map(({ pointer }) => pointer),
      ["/timetableName"]
    )
  })

  it("broken off midway leaves nothing behind, and no request that is served for ever", async () => {
    const { cookie, id } = await signUp(server, "aborted")
    const before = await leftBy(id)
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    await new Promise<void>((resolve) => socket.once("connect", resolve))
    const head = `POST /api/v1/documents/upload HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookie}\r\n`
    socket.write(`${head}Content-Type: ${boundary}\r\nContent-Length: 100000\r\n\r\n${filePart("a.pdf")}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.deepStrictEqual(await leftBy(id), before)
    const { client } = await signUp(server, "after-the-aborted")
    await client.documents.upload({ form: { file: pdfFile() } })
  })
})

describe("a form", () => {
  /** Sends a few bytes now and then, for ever. */
  const trickle = (onCancel: () => void) => {
    let timer: NodeJS.Timeout
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(filePart("a.pdf")))
        timer = setInterval(() => controller.enqueue(new Uint8Array(10)), 10)
      },
      cancel: () => {
        clearInterval(timer)
        onCancel()
      }
    })
  }

  it("that arrives too slowly is given up, so that it takes nobody's room", async () => {
    const cancelled = Promise.withResolvers<void>()
    const headers = { "content-type": "multipart/form-data; boundary=b" }
    const body = trickle(cancelled.resolve)
    const request = new Request(server.url, { method: "POST", headers, body, duplex: "half" })
    const problem = await Effect.runPromise(Effect.flip(readUpload(request, maxFileBytes, 100)))
    assert.strictEqual(problem.code, "malformed_request")
    assert.include(problem.message, "too slowly")
    await cancelled.promise
  })
})

describe("the name of a file", () => {
  it("loses its folders, its line ends and marks of direction", () => {
    assert.strictEqual(safeFileName("C:\\Users\\ada\\week.pdf"), "week.pdf")
    assert.strictEqual(safeFileName("../../etc/passwd"), "passwd")
    assert.strictEqual(safeFileName("a\r\nSet-Cookie: b.pdf"), "aSet-Cookie: b.pdf")
    assert.strictEqual(safeFileName("a\u202efdp.exe"), "afdp.exe")
    assert.strictEqual(safeFileName(""), "document")
    assert.isAtMost(safeFileName("x".repeat(1_000)).length, 255)
  })

  it("is written into a header so that nothing in it ends the name or begins another field", () => {
    assert.strictEqual(
      attachment(`Ada's "week" (4*).pdf`),
      `attachment; filename="Ada's _week_ (4*).pdf"; filename*=UTF-8''Ada%27s%20%22week%22%20%284%2A%29.pdf`
    )
    assert.match(attachment("Stundenplan – Ü\\\r\nX: 1.pdf"), /^[\x20-\x7e]+$/)
  })

  it("that comes with an encoded line end is kept as one line", async () => {
    const { client, cookie } = await signUp(server, "encoded")
    const encoded = filePart("a%0D%0AX-Evil: 1.pdf").split("%PDF-1.7")
    const bytes = Buffer.concat([Buffer.from(encoded[0] ?? ""), pdf, Buffer.from(`${encoded[1]}--b--\r\n`)])
    const response = await fetch(`${server.url}/api/v1/documents/upload`, {
      method: "POST",
      headers: { cookie, "content-type": "multipart/form-data; boundary=b" },
      body: bytes
    })
    assert.strictEqual(response.status, 202)
    const { documentId } = (await response.json()) as { readonly documentId: string }
    const { fileName } = await client.documents.get({ params: { id: documentId } })
    assert.notMatch(fileName, /[\r\n]/)
    const content = await client.documents.content({ params: { id: documentId } })
    assert.isNull(content.headers.get("x-evil"))
    await content.body?.cancel()
  })
})
