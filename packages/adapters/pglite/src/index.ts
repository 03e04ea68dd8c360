export * as Pglite from "./Pglite.ts"
export { FolderInUse, FolderUnusable } from "./PgliteError.ts"
