import { assert, describe, it } from "@effect/vitest"
import { createClient } from "../../src/client/index.ts"
import { followJob, madeFile, readThrough, registerTeacher } from "./teacher.ts"
import { emptyFolder, serve, startTimegrid } from "./timegridProcess.ts"

describe("timegrid serve on an empty folder", () => {
  it("serves a teacher, refuses a second process, hands back its work, and has everything again when it comes back", async () => {
    const { folder, remove } = await emptyFolder()
    const started = await serve(["--data", folder])
    const running = [started]
    try {
      const isOfAdministrator = (line: string) => line.includes("The administrator is")
      assert.lengthOf(started.lines().filter(isOfAdministrator), 1)
      const apiKey = await registerTeacher(started.url, "ada")
      const client = createClient({ baseUrl: started.url, apiKey })
      await readThrough(client, await madeFile("pdf", 1))
      await readThrough(client, await madeFile("png", 2))

      const second = startTimegrid(["serve", "--port", "0", "--data", folder])
      assert.strictEqual((await second.end()).code, 1)
      assert.lengthOf(second.lines(), 1)
      assert.match(second.lines()[0] ?? "", /^timegrid: folder_in_use: /)

      const { jobId } = await client.documents.upload({ form: { file: await madeFile("png", 3) } })
      const { code, durationMs } = await started.end("SIGTERM")
      assert.isBelow(durationMs, 30_000)
      assert.strictEqual(code, 0)

      const again = await serve(["--data", folder])
      running.push(again)
      assert.isFalse(again.lines().some(isOfAdministrator))
      const sameClient = createClient({ baseUrl: again.url, apiKey })
      assert.include(["completed", "hitl_pending"], (await followJob(sameClient, jobId)).at(-1))
      const { items } = await sameClient.documents.list()
      assert.deepStrictEqual(items.map(({ fileName }) => fileName).toSorted(), [
        "week-1.pdf",
        "week-2.png",
        "week-3.png"
      ])
      assert.strictEqual((await again.end("SIGINT")).code, 130)
    } finally {
      await Promise.all(running.map(({ end }) => end("SIGKILL")))
      await remove()
    }
  })
})
