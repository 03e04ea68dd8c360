import { assert, describe, it } from "@effect/vitest"
import { startLoopbackLlm } from "@timegrid/testing/loopback"
import { createClient } from "../../src/client/index.ts"
import { startServer } from "../../src/index.ts"
import { handmadePdf } from "../handmadePdf.ts"
import { followJob } from "./teacher.ts"
import { emptyFolder } from "./timegridProcess.ts"

/** A model that finds nothing on any page. */
const emptyAnswer = JSON.stringify({
  metadata: { schoolName: null, className: null, teacher: null, term: null, year: null },
  timeblocks: []
})

const columns = [72, 160, 240, 320, 400, 480]
const rows = [
  ["", "Day 1", "Day 2", "Day 3", "Day 4", "Day 5"],
  ["09:00 - 10:00", "Maths", "Music", "Art", "Science", "French"],
  ["10:00 - 11:00", "Art", "Maths", "Science", "French", "Music"],
  ["11:00 - 12:00", "Music", "French", "Maths", "Art", "Science"]
]

/** A cycle of days of which nobody knows when it begins, so that the reading doubts it. */
const content = rows
  .flatMap((row, y) => row.map((text, x) => `BT /F1 9 Tf ${columns[x]} ${700 - 40 * y} Td (${text}) Tj ET`))
  .join("\n")
const unsure = () => new File([handmadePdf({ content })], "week.pdf", { type: "application/pdf" })

describe("a server with a model in its environment", () => {
  it("asks it as its vendor has it about a page that is not read for sure, unless the budget forbids it", async () => {
    const model = await startLoopbackLlm("openai-chat", () => ({ answer: emptyAnswer }))
    const { folder, remove } = await emptyFolder()
    const environment = {
      CLOUD_PROVIDERS: "true",
      LLM: "openai-compatible:stand-in",
      LLM_URL: model.baseUrl,
      LLM_PRICE: "1,5"
    }
    const account = { email: "ada@school.example", password: "correct horse battery" }
    /** How often the model was asked about one page by a server with this budget, in dollars a document. */
    const askedWithin = async (budget: string, isNew: boolean) => {
      const before = model.questions.length
      const server = await startServer({
        dataFolder: folder,
        environment: { ...environment, PROVIDER_BUDGET: budget },
        port: 0
      })
      try {
        const client = createClient({ baseUrl: server.url })
        if (isNew) await client.auth.register({ body: { ...account, firstName: "Ada", lastName: "Byron" } })
        await client.auth.login({ body: account })
        await client.auth.updateMe({ body: { settings: { cloudProviders: true } } })
        const { jobId } = await client.documents.upload({ form: { file: unsure() } })
        assert.strictEqual((await followJob(client, jobId)).at(-1), "hitl_pending")
        return model.questions.length - before
      } finally {
        await server.close()
      }
    }
    try {
      assert.strictEqual(await askedWithin("0.000001", true), 0)
      assert.isAbove(await askedWithin("1", false), 0)
      const [question] = model.questions
      assert.match(question?.path ?? "", /\/chat\/completions$/)
      assert.propertyVal(question?.body, "model", "stand-in")
      assert.include(JSON.stringify(question?.body), "Maths")
    } finally {
      await model.close()
      await remove()
    }
  })
})
