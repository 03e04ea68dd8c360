// The service as a part of your own Hono application, below a path and beside your routes.
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { createTimegridApp } from "@timegrid/server"
import { Hono } from "hono"

const folder = await mkdtemp(path.join(tmpdir(), "timegrid-"))
const timegrid = await createTimegridApp({ dataFolder: folder })
try {
  const app = new Hono()
  app.get("/", (context) => context.text("Your school's own page"))
  app.mount("/timetables", timegrid.fetch)

  for (const url of ["/", "/timetables/livez", "/timetables/api/v1/auth/me"]) {
    const response = await app.request(url)
    console.log(url, response.status, await response.text())
  }
} finally {
  await timegrid.close()
  await rm(folder, { recursive: true, force: true })
}
