/** The hash chain over the audit log: what is sealed of a row, and how each seal hangs on the one before. */
import type { AuditLog } from "../domain/AuditLog.ts"
import { canonicalJson } from "../pipeline/canonicalJson.ts"
import { hashText } from "../pipeline/sha256.ts"

/** The seal of one row; hashes are SHA-256 in lower-case hexadecimal. */
export interface AuditSeal {
  readonly auditId: number
  readonly createdAt: string | null
  /** Of what lasts of the row. */
  readonly rowHash: string
  /** Of `rowHash` and the hash before it. */
  readonly hash: string
}

/** The seals of rows, in their order, behind the seal with the hash `head`; null begins a chain. */
export const sealRows = (rows: ReadonlyArray<AuditLog>, head: string | null): ReadonlyArray<AuditSeal> => {
  let before = head
  return rows.map((row) => {
    const rowHash = auditRowHash(row)
    before = chainedHash(before, rowHash)
    return { auditId: row.id, createdAt: row.createdAt, rowHash, hash: before }
  })
}

/** The hash of one link of the chain. */
export const chainedHash = (before: string | null, rowHash: string): string => hashText(`${before ?? ""} ${rowHash}`)

/** The hash of what lasts of a row: the person, the address and the agent are left out, so that they may be erased. */
export const auditRowHash = ({ action, changes, createdAt, id, resourceId, resourceType }: AuditLog): string =>
  hashText(canonicalJson({ action, changes, createdAt, id, resourceId, resourceType }, () => ""))
