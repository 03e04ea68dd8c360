// Two engines behind a network, of which the first fails, and a budget that holds: node main.ts [FILE]
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { HttpOcr } from "@timegrid/cloud-ocr/http"
import type { PipelineEvent } from "@timegrid/core/pipeline"
import { createTimegrid } from "timegrid"

const json = { "content-type": "application/json" }
// Stand-ins on this machine: one is out of order, the other answers, though it cannot make out a word.
const servers = [503, 200].map((status) =>
  createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(status, json).end(JSON.stringify({ words: [] })))
  })
)
const urls = await Promise.all(
  servers.map(
    (server) =>
      new Promise<string>((resolve) =>
        server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ocr`))
      )
  )
)

const file = process.argv[2] ?? new URL("../samples/timetable.png", import.meta.url)
const timegrid = await createTimegrid({
  // Naming them here is what lets them see documents. Where the first fails, the second is asked.
  cloudOcr: urls.map((url, index) => ({
    provider: index === 0 ? "first" : "second",
    ocr: HttpOcr.layer({ url, engine: `stand-in@${index + 1}` }),
    usdPerPage: 0.0015
  })),
  // They are asked about every reading that is less than certain.
  routing: { acceptFrom: 100 },
  budget: { usd: 0.01 }
})

const tell = (event: PipelineEvent) => {
  if (event.type === "provider:called") console.log(`${event.provider} is shown a page`)
  if (event.type === "provider:cached") console.log(`${event.provider} has answered that before`)
  if (event.type === "stage:retried") console.log(`${event.code}: again in ${event.delayMs} ms`)
  if (event.type === "stage:failed") console.log(`${event.stage}: ${event.code}`)
}
try {
  const { extraction, report, route } = await timegrid.run(file, { onEvent: tell })
  console.log(`${extraction.timeblocks.length} timeblocks by ${extraction.tier}: ${route.decision} (${route.reason})`)
  for (const [provider, { usd }] of Object.entries(report.spent)) console.log(`${provider} cost ${usd} dollars`)

  console.log("With a budget below the price of a page nobody is shown anything:")
  const { extraction: offline } = await timegrid.run(file, { budget: { usd: 0.001 }, onEvent: tell })
  console.log(`${offline.timeblocks.length} timeblocks by ${offline.tier}`)
} finally {
  await timegrid.close()
  for (const server of servers) server.close()
}
