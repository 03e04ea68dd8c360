import { createRequire } from "node:module"
import path from "node:path"
import { freePort, pingPort } from "./network.ts"
import { openFolder } from "./openFolder.ts"
import { startChildServer, type TestServer } from "./TestServer.ts"

/** The bucket that is there from the start. */
export const testBucket = "timegrid-test"

/** The credentials of the S3 server that {@link startS3} starts. */
export const testCredentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" }

/** An S3 server from an npm package (s3rver), as a direct child. It has no versions and checks no signature. */
export const startS3 = async (): Promise<TestServer> => {
  const folder = await openFolder("s3")
  const port = await freePort()
  const main = createRequire(import.meta.url).resolve("s3rver")
  const program = path.join(path.dirname(main), "..", "bin", "s3rver.js")
  const args = ["--directory", folder.path, "--address", "127.0.0.1", "--port", String(port), "--silent"]
  return startChildServer({
    url: `http://127.0.0.1:${port}`,
    command: process.execPath,
    args: [program, ...args, "--configure-bucket", testBucket],
    ping: () => pingPort(port),
    cleanUp: folder.remove
  })
}
