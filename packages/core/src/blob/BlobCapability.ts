/**
 * What not every store can do. `versions`: what is replaced or removed can still be read and removed by its version.
 * `presignedGet`, `presignedPost`: clients can fetch and send bytes themselves. `postSizeRange`: the server itself refuses
 * a presigned POST that is out of its range; where this is lacking, look at the size when the bytes have arrived.
 */
export type BlobCapability = "versions" | "presignedGet" | "presignedPost" | "postSizeRange"
