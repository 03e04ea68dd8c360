export type { AnswerEnd, TokenCounts } from "./dialects/Dialect.ts"
export {
  type LlmBehaviour,
  type LlmDialect,
  type LoopbackLlm,
  loopbackLlm,
  type ReceivedQuestion
} from "./loopbackLlm.ts"
