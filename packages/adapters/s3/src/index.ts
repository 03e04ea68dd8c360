export * as S3BlobStore from "./S3BlobStore.ts"
