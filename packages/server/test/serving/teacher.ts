/** A teacher with a server of another process, as its client sees it. */
import { assert } from "@effect/vitest"
import { type MakerTier, makeTimetable } from "@timegrid/maker"
import { type Client, createClient } from "../../src/client/index.ts"

const types = { pdf: "application/pdf", png: "image/png" } as const

/** A document of the maker. */
export const madeFile = async (tier: Extract<MakerTier, keyof typeof types>, seed: number): Promise<File> => {
  const { bytes } = await makeTimetable({ seed, tier })
  return new File([bytes], `week-${seed}.${tier}`, { type: types[tier] })
}

/** Registers somebody of that name and gives the API key that they work with. */
export const registerTeacher = async (baseUrl: string, name: string): Promise<string> => {
  const client = createClient({ baseUrl })
  const account = { email: `${name}@school.example`, password: "correct horse battery" }
  await client.auth.register({ body: { ...account, firstName: name, lastName: "Test" } })
  await client.auth.login({ body: account })
  const { key } = await client.auth.createApiKey({
    body: { name: "test", scopes: ["document:create", "document:read", "job:read", "timetable:read"] }
  })
  return key
}

/** Follows the job by server-sent events until a person is needed or nothing more can come; the statuses on its way. */
export const followJob = async (client: Client, jobId: string): Promise<ReadonlyArray<string>> => {
  const response = await client.jobs.events({ params: { id: jobId } })
  const statuses: Array<string> = []
  let rest = ""
  for await (const part of response.body ?? []) {
    const events = (rest + new TextDecoder().decode(part)).split("\n\n")
    rest = events.pop() ?? ""
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (data !== undefined) statuses.push(JSON.parse(data).status)
    }
    if (/^(completed|failed|hitl_)/.test(statuses.at(-1) ?? "")) break
  }
  return statuses
}

/** Uploads a file and follows its job; the timetable as JSON and as a calendar has what a week has. */
export const readThrough = async (client: Client, file: File): Promise<void> => {
  const { jobId } = await client.documents.upload({ form: { file } })
  const statuses = await followJob(client, jobId)
  assert.include(["completed", "hitl_pending"], statuses.at(-1))
  const { timetableId } = await client.jobs.get({ params: { id: jobId } })
  const params = { id: timetableId ?? "" }
  const { timeblocks } = JSON.parse(await (await client.timetables.json({ params })).text())
  assert.isAbove(timeblocks.length, 3)
  const query = { startDate: "2026-09-07", zone: "Europe/London" }
  const calendar = await (await client.timetables.ics({ params, query })).text()
  assert.include(calendar, "BEGIN:VEVENT")
  assert.include(calendar, "TZID:Europe/London")
}
