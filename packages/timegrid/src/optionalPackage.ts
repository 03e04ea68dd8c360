/** Whether an import failed because this very package is not there, and not something that it needs. */
export const isMissingPackage = (cause: unknown, packageName: string): boolean =>
  cause instanceof Error &&
  "code" in cause &&
  cause.code === "ERR_MODULE_NOT_FOUND" &&
  cause.message.startsWith(`Cannot find package '${packageName}'`)
