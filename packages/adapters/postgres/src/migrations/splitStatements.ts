/** One statement of an SQL file. */
export interface SqlStatement {
  /** Without the semicolon at its end. */
  readonly text: string
  /** The line of the file on which it begins, from 1. */
  readonly line: number
}

/** What may hide a semicolon: comments, quoted names and texts, dollar quotes. A dollar inside a name begins no quote. */
const tokens = [
  /--[^\n]*/y,
  // Comments nest in Postgres; blockComment below finds their end.
  /\/\*/y,
  /[eE]'(?:[^'\\]|\\.|'')*'/sy,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  /\$(?<tag>[\p{L}_][\p{L}\p{N}_]*)?\$/uy,
  /[\p{L}_][\p{L}\p{N}_$]*/uy
]

/**
 * The statements of an SQL file as psql would send them: split at semicolons outside of comments, quotes and dollar
 * quotes. Comments stay with the statement that follows; a file of nothing but comments has none.
 */
export const splitStatements = (sql: string): ReadonlyArray<SqlStatement> => {
  const statements: Array<SqlStatement> = []
  let start = 0
  let firstToken = -1
  const end = (at: number) => {
    if (firstToken >= 0) {
      statements.push({ text: sql.slice(start, at).trim(), line: sql.slice(0, firstToken).split("\n").length })
    }
    start = at + 1
    firstToken = -1
  }

  let at = 0
  while (at < sql.length) {
    if (sql[at] === ";") {
      end(at)
      at += 1
      continue
    }
    const token = tokenAt(sql, at)
    const isComment = token.startsWith("--") || token.startsWith("/*")
    if (firstToken < 0 && !isComment && token.trim() !== "") firstToken = at
    at += token.length
  }
  end(sql.length)
  return statements
}

/** The token at a place; a single character where none of {@link tokens} begins. */
const tokenAt = (sql: string, at: number): string => {
  for (const token of tokens) {
    token.lastIndex = at
    const match = token.exec(sql)
    if (match === null) continue
    if (match[0] === "/*") return blockComment(sql, at)
    return match[0].startsWith("$") ? dollarQuote(sql, at, match[0]) : match[0]
  }
  // The rest, a quote that never ends among it, is for the server to complain of.
  return sql[at] ?? ""
}

const dollarQuote = (sql: string, at: number, tag: string): string => {
  const close = sql.indexOf(tag, at + tag.length)
  return close < 0 ? sql.slice(at) : sql.slice(at, close + tag.length)
}

const blockComment = (sql: string, at: number): string => {
  const edge = /\/\*|\*\//g
  edge.lastIndex = at
  let depth = 0
  for (let match = edge.exec(sql); match !== null; match = edge.exec(sql)) {
    depth += match[0] === "/*" ? 1 : -1
    if (depth === 0) return sql.slice(at, edge.lastIndex)
  }
  return sql.slice(at)
}
