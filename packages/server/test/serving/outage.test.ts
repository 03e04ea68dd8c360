import { assert, describe, it } from "@effect/vitest"
import { startPostgres } from "@timegrid/test-servers"
import { inject } from "vitest"
import { sessionCookie } from "../../src/authentication/Authentication.ts"
import { createClient } from "../../src/client/index.ts"
import { emptyFolder, serve, startTimegrid } from "./timegridProcess.ts"

describe.skipIf(inject("postgresUrl") === null)("a server whose database is out of reach", () => {
  it("asks everybody to come again, signs nobody out, and goes on by itself", async () => {
    const postgres = await startPostgres()
    const { folder, remove } = await emptyFolder()
    const environment = { DATABASE_URL: postgres.url }
    try {
      assert.strictEqual((await startTimegrid(["migrate"], environment).end()).code, 0)
      const server = await serve(["--no-worker", "--data", folder], environment)
      const client = createClient({ baseUrl: server.url })
      const account = { email: "ada@school.example", password: "correct horse battery" }
      await client.auth.register({ body: { ...account, firstName: "Ada", lastName: "Test" } })
      const login = await fetch(`${server.url}/api/v1/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(account)
      })
      const [cookie = ""] = (login.headers.get("set-cookie") ?? "").split(";")
      assert.match(cookie, new RegExp(`^${sessionCookie}=`))
      const documents = () => fetch(`${server.url}/api/v1/documents`, { headers: { cookie } })
      const ready = async () => (await fetch(`${server.url}/readyz`)).status
      assert.deepStrictEqual([(await documents()).status, await ready()], [200, 200])

      const said = server.lines().length
      postgres.process?.kill("SIGKILL")
      while ((await ready()) !== 503) await new Promise((resolve) => setTimeout(resolve, 50))
      const refused = await documents()
      assert.strictEqual(refused.status, 503)
      assert.isAbove(Number(refused.headers.get("retry-after")), 0)
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      // The loops of a server that tried ten times a second would have said so hundreds of times.
      assert.isBelow(
        server
          .lines()
          .slice(said)
          .filter((line) => line.includes("has failed")).length,
        60
      )

      await postgres.restart()
      while ((await ready()) !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
      assert.strictEqual((await documents()).status, 200)
      assert.strictEqual((await server.end("SIGTERM")).code, 0)
    } finally {
      await postgres.stop()
      await remove()
    }
  })
})
