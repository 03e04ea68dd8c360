import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  type S3Client
} from "@aws-sdk/client-s3"

/** The uploads of a bucket that were neither completed nor aborted, under way or left by a writer that died. */
export const unfinishedUploads = async (
  client: S3Client,
  bucket: string,
  abortSignal: AbortSignal
): Promise<ReadonlyArray<MultipartUpload>> => {
  const found: Array<MultipartUpload> = []
  let page: ListMultipartUploadsCommandOutput | undefined
  do {
    const after = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker }
    page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, ...after }), { abortSignal })
    found.push(...(page.Uploads ?? []))
  } while (page.IsTruncated === true)
  return found
}
