/** Files that nobody should read, over HTTP as they really are. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { makeTimetable } from "@timegrid/maker"
import { handmadePdf } from "./handmadePdf.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp, until } from "./people.ts"

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer()
})
afterAll(() => server.stop())

const pdf = (bytes: Uint8Array<ArrayBuffer>) => new File([bytes], "week.pdf", { type: "application/pdf" })

/** A job that was taken for the file, once it has failed. */
const failedJob = async (name: string, file: File, on = server) => {
  const { client } = await signUp(on, name)
  const { jobId } = await client.documents.upload({ form: { file } })
  const job = await until(
    () => client.jobs.get({ params: { id: jobId } }),
    ({ status }) => ["completed", "hitl_pending", "failed"].includes(status)
  )
  assert.strictEqual(job.status, "failed")
  assert.match(job.errorMessage ?? "", /^[^\n]+\.$/)
  return job
}

describe("a file that only a parser can tell fails its job with the code of what is wrong:", () => {
  it("document_encrypted for a PDF that needs a password", async () => {
    const unknownPassword = `<${"5a".repeat(32)}>`
    const trailer = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${unknownPassword} /U ${unknownPassword} >>`
    const { errorCode } = await failedJob("encrypted", pdf(handmadePdf({ trailer })))
    assert.strictEqual(errorCode, "document_encrypted")
  })

  it("corrupt_file for a PDF that is cut off before its first page", async () => {
    const { bytes } = await makeTimetable({ seed: 1, tier: "pdf" })
    const { errorCode } = await failedJob("corrupt", pdf(new Uint8Array(bytes).slice(0, 40)))
    assert.strictEqual(errorCode, "corrupt_file")
  })

  it("too_many_pages for a PDF of one page more than is read", async () => {
    const { errorCode } = await failedJob("pages", pdf(handmadePdf({ pages: 51 })))
    assert.strictEqual(errorCode, "too_many_pages")
  })

  it("processing_timeout, after it was tried again by itself, for a PDF that takes longer than is allowed", async () => {
    const hurried = await startMemoryServer({}, { reading: { limits: { wallSeconds: 0.05 } } })
    try {
      const content = "BT /F1 20 Tf 100 700 Td (Monday) Tj ET ".repeat(200_000)
      const { errorCode, id } = await failedJob("slow", pdf(handmadePdf({ content })), hurried)
      assert.strictEqual(errorCode, "processing_timeout")
      const failedStages = async () => hurried.measured.filter(({ jobId, stage }) => jobId === id && stage)
      await until(failedStages, (rows) => rows.filter((row) => row.errorCode === errorCode).length === 4)
    } finally {
      await hurried.stop()
    }
  })
})

/** Has the file refused with this code, and no job made for it. */
const refusedAtUpload = async (code: string, file: File) => {
  const { client } = await signUp(server, code)
  const problem = await refused(client.documents.upload({ form: { file } }), code)
  assert.strictEqual(problem.status, 422)
  assert.isEmpty((await client.jobs.list()).items)
}

describe("a file that is refused without parsing it has no job:", () => {
  it("active_content for a PDF that starts a program when it is opened", async () => {
    const catalog = "/OpenAction << /Type /Action /S /Launch /F (setup.exe) >>"
    await refusedAtUpload("active_content", pdf(handmadePdf({ catalog })))
  })

  it("decompression_bomb for a JPEG that draws its image over and over", async () => {
    const frame = [0xff, 0xc2, 0, 11, 8, 0, 64, 0, 64, 1, 1, 0x11, 0]
    const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0]
    const scans = Array.from({ length: 101 }, () => scan).flat()
    const bomb = new Uint8Array([0xff, 0xd8, ...frame, ...scans, 0xff, 0xd9])
    await refusedAtUpload("decompression_bomb", new File([bomb], "week.jpg", { type: "image/jpeg" }))
  })
})
