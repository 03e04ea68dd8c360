import { S3BlobStore } from "@timegrid/s3"
import { testBucket, testCredentials } from "@timegrid/test-servers"
import { blobStoreContract } from "@timegrid/testing"
import { Redacted } from "effect"
import { describe, inject } from "vitest"

const endpoint = inject("s3Url")

describe.skipIf(endpoint === null)("on a real server", () => {
  const { accessKeyId, secretAccessKey } = testCredentials
  blobStoreContract(
    "S3",
    S3BlobStore.layer({
      bucket: testBucket,
      endpoint: endpoint ?? "http://none.invalid",
      credentials: { accessKeyId, secretAccessKey: Redacted.make(secretAccessKey) },
      // It took 13 bytes under a policy of 1 to 2, and has no versions: these are checked at the wire.
      lacks: ["versions", "postSizeRange"]
    }),
    { replacesInPlace: true }
  )
})
