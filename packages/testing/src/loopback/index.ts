export type { AnswerEnd, TokenCounts } from "./dialects/Dialect.ts"
export {
  type LlmBehaviour,
  type LlmDialect,
  type LoopbackLlm,
  loopbackLlm,
  type ReceivedQuestion,
  startLoopbackLlm
} from "./loopbackLlm.ts"
export { type LoopbackServer, loopbackServer, type ReceivedRequest } from "./loopbackServer.ts"
