import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { CallInput } from "../src/client/createClient.ts"
import type { api } from "../src/contract/index.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp } from "./people.ts"

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({}, { worker: false })
})
afterAll(() => server.stop())

type Person = Awaited<ReturnType<typeof signUp>>
type Week = CallInput<(typeof api)["timetables"]["create"]>["body"]
type Block = CallInput<(typeof api)["timetables"]["createTimeblock"]>["body"]

const maths: Block = { name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" }

/** A timetable with the blocks, in their order. */
const weekOf = async ({ client }: Person, body: Partial<Week> = {}, blocks: ReadonlyArray<Block> = [maths]) => {
  const { id } = await client.timetables.create({ body: { name: "Week", year: 2026, ...body } })
  for (const [position, block] of blocks.entries()) {
    await client.timetables.createTimeblock({ params: { id }, body: { position, ...block } })
  }
  return client.timetables.get({ params: { id } })
}

const get = (path: string, headers: Record<string, string>) => fetch(`${server.url}/api/v1${path}`, { headers })

describe("a timetable", () => {
  it("is made as a draft, confirmed and activated by its owner, seen in the active view, and archived", async () => {
    const owner = await signUp(server, "owner")
    const { id, status } = await weekOf(owner)
    assert.strictEqual(status, "draft")
    const active = async () => (await owner.client.timetables.active()).items
    assert.deepStrictEqual(await active(), [])
    await owner.client.timetables.update({ params: { id }, body: { status: "active" } })
    assert.deepStrictEqual(
      (await active()).map((each) => [each.id, each.timeblockCount]),
      [[id, 1]]
    )
    await owner.client.timetables.update({ params: { id }, body: { status: "archived" } })
    assert.deepStrictEqual(await active(), [])
    const { items } = await owner.client.timetables.list({ query: { status: "archived" } })
    assert.deepStrictEqual(
      items.map((each) => each.id),
      [id]
    )
  })

  it("shows its timeblocks in the order of the week, with hours and minutes", async () => {
    const owner = await signUp(server, "ordered")
    const { timeblocks } = await weekOf(owner, {}, [
      { name: "Late", dayOfWeek: "Friday", startTime: "14:00", endTime: "15:00" },
      { name: "Second", dayOfWeek: "Monday", startTime: "10:00", endTime: "11:00" },
      { name: "First", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" }
    ])
    assert.deepStrictEqual(
      timeblocks.map(({ name, startTime }) => [name, startTime]),
      [
        ["First", "09:00"],
        ["Second", "10:00"],
        ["Late", "14:00"]
      ]
    )
  })

  it("is changed and deleted only as it was read, where the client says so", async () => {
    const owner = await signUp(server, "careful")
    const { id, version } = await weekOf(owner)
    const params = { id }
    const headers = { "if-match": `"${version}"` }
    const changed = await owner.client.timetables.update({ params, headers, body: { name: "Other" } })
    assert.isAbove(changed.version, version)
    await refused(owner.client.timetables.update({ params, headers, body: { name: "Third" } }), "stale_version")
    await refused(owner.client.timetables.delete({ params, headers }), "stale_version")
    await refused(
      owner.client.timetables.update({ params, headers: { "if-match": "W/x" }, body: { name: "Third" } }),
      "stale_version"
    )
    await owner.client.timetables.delete({ params, headers: { "if-match": `"${changed.version}"` } })
    await refused(owner.client.timetables.get({ params }), "not_found")
  })

  it("that the client has already is not sent again", async () => {
    const owner = await signUp(server, "cached")
    const { id } = await weekOf(owner)
    const { cookie } = owner
    const first = await get(`/timetables/${id}`, { cookie })
    const etag = first.headers.get("etag") ?? ""
    await first.body?.cancel()
    const again = await get(`/timetables/${id}`, { cookie, "if-none-match": etag })
    assert.deepStrictEqual([again.status, again.headers.get("etag"), await again.text()], [304, etag, ""])
    await owner.client.timetables.update({ params: { id }, body: { name: "Other" } })
    const changed = await get(`/timetables/${id}`, { cookie, "if-none-match": etag })
    assert.strictEqual(changed.status, 200)
    await changed.body?.cancel()
  })

  it("is found by its year and by words of its name and class", async () => {
    const owner = await signUp(server, "seeker")
    await weekOf(owner, { name: "Autumn timetable", className: "4M", year: 2025 }, [])
    await weekOf(owner, { name: "Spring timetable", className: "5K", year: 2026 }, [])
    const found = async (query: { readonly search?: string; readonly year?: number }) =>
      (await owner.client.timetables.list({ query })).items.map(({ className }) => className)
    assert.deepStrictEqual(await found({ search: "autumn" }), ["4M"])
    assert.deepStrictEqual(await found({ search: "5k timetable" }), ["5K"])
    assert.deepStrictEqual(await found({ search: "winter" }), [])
    assert.deepStrictEqual(await found({ year: 2025 }), ["4M"])
  })

  it("stands in one page of a list, whatever comes in between, and a cursor of another list is pointed to", async () => {
    const owner = await signUp(server, "pager")
    const made: Array<string> = []
    for (let number = 0; number < 5; number++) made.push((await weekOf(owner, { name: `Week ${number}` }, [])).id)
    const list = (cursor?: string) =>
      owner.client.timetables.list({ query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } })
    const first = await list()
    await weekOf(owner, { name: "In between" }, [])
    const second = await list(String(first.nextCursor))
    const third = await list(String(second.nextCursor))
    assert.deepStrictEqual([first, second, third].flatMap(({ items }) => items.map(({ id }) => id)).sort(), made.sort())
    assert.isNull(third.nextCursor)
    const other = owner.client.timetables.list({ query: { year: 2026, cursor: String(first.nextCursor) } })
    assert.deepStrictEqual(
      (await refused(other, "validation_failed")).errors.map(({ pointer }) => pointer),
      ["/query/cursor"]
    )
    assert.strictEqual((await refused(list("nonsense"), "validation_failed")).errors[0]?.pointer, "/query/cursor")
    const tooMany = owner.client.timetables.list({ query: { limit: 101 } })
    assert.strictEqual((await refused(tooMany, "validation_failed")).errors[0]?.pointer, "/query/limit")
  })

  it("of somebody else is not there", async () => {
    const owner = await signUp(server, "private")
    const other = await signUp(server, "nosy")
    const { id } = await weekOf(owner)
    await refused(other.client.timetables.get({ params: { id } }), "not_found")
    await refused(other.client.timetables.update({ params: { id }, body: { name: "Mine" } }), "not_found")
  })
})

describe("a timeblock", () => {
  it("is added, read, changed, listed by day and words, and deleted", async () => {
    const owner = await signUp(server, "blocks")
    const { id } = await weekOf(owner, {}, [maths, { ...maths, name: "Music", dayOfWeek: "Tuesday" }])
    const { client } = owner
    const names = async (query: { readonly dayOfWeek?: "Monday" | "Tuesday"; readonly search?: string }) =>
      (await client.timetables.timeblocks({ params: { id }, query })).items.map(({ name }) => name)
    assert.deepStrictEqual(await names({ dayOfWeek: "Tuesday" }), ["Music"])
    assert.deepStrictEqual(await names({ search: "maths" }), ["Maths"])
    const [block] = (await client.timetables.get({ params: { id } })).timeblocks
    const params = { id, timeblockId: String(block?.id) }
    const headers = { "if-match": `"${block?.version}"` }
    const changed = await client.timetables.updateTimeblock({ params, headers, body: { notes: "Room 4" } })
    assert.strictEqual(changed.notes, "Room 4")
    await refused(client.timetables.updateTimeblock({ params, headers, body: { notes: "Room 5" } }), "stale_version")
    await client.timetables.deleteTimeblock({ params })
    await refused(client.timetables.timeblock({ params }), "not_found")
  })

  it("that ends before it starts, or says a colour that is none, is refused and pointed to", async () => {
    const owner = await signUp(server, "faulty")
    const { id } = await weekOf(owner)
    const add = (body: Block) => owner.client.timetables.createTimeblock({ params: { id }, body })
    const backwards = await refused(add({ ...maths, startTime: "11:00" }), "validation_failed")
    assert.isAbove(backwards.errors.length + backwards.message.length, 0)
    const odd = await refused(add({ ...maths, color: "blue-ish" }), "validation_failed")
    assert.deepStrictEqual(
      odd.errors.map(({ pointer }) => pointer),
      ["/color"]
    )
  })

  it("takes its place in the order that is given, which names every timeblock once", async () => {
    const owner = await signUp(server, "reorder")
    const { id, timeblocks, version } = await weekOf(owner, {}, [
      maths,
      { ...maths, name: "Music", dayOfWeek: "Tuesday" }
    ])
    const params = { id }
    const timeblockIds = timeblocks.map((block) => block.id).reverse()
    const headers = { "if-match": `"${version}"` }
    const ordered = await owner.client.timetables.reorder({ params, headers, body: { timeblockIds } })
    const positions = new Map(ordered.timeblocks.map((block) => [block.id, block.position]))
    assert.deepStrictEqual(
      timeblockIds.map((each) => positions.get(each)),
      [0, 1]
    )
    await refused(owner.client.timetables.reorder({ params, headers, body: { timeblockIds } }), "stale_version")
    const some = owner.client.timetables.reorder({ params, body: { timeblockIds: timeblockIds.slice(1) } })
    await refused(some, "validation_failed")
  })
})

describe("a timetable as a file", () => {
  const term = {
    weekStartDate: "2026-09-07",
    metadata: { totalWeeks: 4, breakWeeks: [3], timeZone: "Europe/Berlin" }
  }
  /** The days on which an event of the calendar begins. */
  const startsOf = (text: string) => [...text.matchAll(/DTSTART[^:]*:(\d{8})/g)].map(([, day]) => day)

  it("is a calendar from the start of its week over its weeks, without the weeks off, in its zone", async () => {
    const owner = await signUp(server, "calendar")
    const { id } = await weekOf(owner, term)
    const response = await get(`/timetables/${id}.ics`, { cookie: owner.cookie })
    const text = (await response.text()).replaceAll("\r\n ", "")
    assert.include(response.headers.get("content-type") ?? "", "text/calendar")
    assert.include(text, "TZID:Europe/Berlin")
    const events = text.slice(text.indexOf("BEGIN:VEVENT"))
    assert.deepStrictEqual(startsOf(events), ["20260907"])
    assert.match(events, /RRULE:FREQ=WEEKLY;[^\n]*UNTIL=202610[0-9]{2}/)
    assert.match(events, /EXDATE[^:]*:20260921T090000/)
  })

  it("is a calendar without an end where its weeks go on past the last date there is", async () => {
    const owner = await signUp(server, "endless")
    for (const weekStartDate of ["2026-09-07", "9999-12-27"]) {
      const metadata = { totalWeeks: 2 ** 31 - 1, breakWeeks: [2 ** 31 - 1], timeZone: "Europe/Berlin" }
      const { id } = await weekOf(owner, { weekStartDate, metadata })
      const text = await (await owner.client.timetables.ics({ params: { id } })).text()
      assert.include(text, "TZID:Europe/Berlin")
      assert.notInclude(text, "UNTIL=")
    }
  })

  it("is a calendar in the zone and from the day that a request names, and says what is missing", async () => {
    const owner = await signUp(server, "zones")
    const { id } = await weekOf(owner)
    const params = { id }
    const missing = await refused(owner.client.timetables.ics({ params }), "validation_failed")
    assert.deepStrictEqual(
      missing.errors.map(({ pointer }) => pointer),
      ["/query/startDate"]
    )
    const zoneless = owner.client.timetables.ics({ params, query: { startDate: "2026-09-09" } })
    assert.strictEqual((await refused(zoneless, "validation_failed")).errors[0]?.pointer, "/query/zone")
    const nowhere = owner.client.timetables.ics({ params, query: { startDate: "2026-09-09", zone: "Mars/Olympus" } })
    assert.strictEqual((await refused(nowhere, "validation_failed")).errors[0]?.pointer, "/query/zone")
    const query = { startDate: "2026-09-09", zone: "America/New_York" }
    const text = await (await owner.client.timetables.ics({ params, query })).text()
    assert.include(text, "TZID:America/New_York")
    // The first Monday on or after that Wednesday.
    assert.deepStrictEqual(startsOf(text.slice(text.indexOf("BEGIN:VEVENT"))), ["20260914"])
  })

  it("is comma-separated values that no spreadsheet takes for a formula", async () => {
    const owner = await signUp(server, "sheets")
    const { id } = await weekOf(owner, {}, [{ ...maths, name: '=HYPERLINK("http://evil")', notes: "+1, @x" }])
    const response = await owner.client.timetables.csv({ params: { id } })
    const text = await response.text()
    assert.isTrue(text.startsWith("dayOfWeek,startTime,endTime,name,notes"))
    assert.notMatch(text, /(^|,)"?[=+@]/m)
    assert.match(response.headers.get("content-disposition") ?? "", /^attachment; filename="timetable\.csv"/)
  })

  it("is the JSON that the API shows", async () => {
    const owner = await signUp(server, "json")
    const week = await weekOf(owner)
    const response = await owner.client.timetables.json({ params: { id: week.id } })
    assert.deepStrictEqual(await response.json(), week)
  })
})

describe("a request that is sent again with its Idempotency-Key", () => {
  it("is answered as the first time, and once it says something else it is refused", async () => {
    const { client } = await signUp(server, "repeating")
    const send = (name: string) =>
      client.timetables.create({ body: { name, year: 2026 }, idempotencyKey: "create the week" })
    const [first, second] = [await send("Week"), await send("Week")]
    assert.strictEqual(second.id, first.id)
    assert.strictEqual((await client.timetables.list()).items.length, 1)
    await refused(send("Other"), "idempotency_mismatch")
  })
})

describe("every answer", () => {
  it("carries security headers, how the limit stands, and the id of its request", async () => {
    const { cookie } = await signUp(server, "headers")
    for (const path of ["/timetables", "/timetables/none", "/nowhere"]) {
      const response = await get(path, { cookie })
      await response.body?.cancel()
      assert.strictEqual(response.headers.get("x-content-type-options"), "nosniff", path)
      assert.isNotNull(response.headers.get("x-frame-options"), path)
      assert.isNotEmpty(response.headers.get("x-request-id"), path)
      if (path !== "/nowhere") assert.match(response.headers.get("ratelimit") ?? "", /^"default";r=\d+;t=\d+$/, path)
    }
  })
})
