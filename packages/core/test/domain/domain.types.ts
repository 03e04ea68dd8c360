/** What the compiler holds of the domain's types; a broken promise fails the type check of the tests. */
import type {
  CachedOcrResult,
  ExtractedMarker,
  ExtractedTimeblock,
  Tier,
  Timeblock,
  TimeblockInput,
  TimeblockInsert,
  TimetableMarker,
  TimetableRow,
  UnplacedTimeblock,
  User,
  UserInput,
  UserRow,
  Word
} from "@timegrid/core"
import { legalStatusChanges, llmResultEntry, sessionEntry, stageQueues } from "@timegrid/core"

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <_ extends true>(): void => undefined

holds<
  Same<
    TimetableRow,
    {
      id: string
      user_id: string
      name: string
      class_name: string | null
      term: string | null
      year: number
      week_start_date: string | null
      status: "draft" | "active" | "archived"
      metadata: TimetableRow["metadata"]
      created_at: Date | null
      updated_at: Date | null
    }
  >
>()
holds<Same<keyof TimeblockInsert & ("duration" | "created_at" | "updated_at"), never>>()
holds<Same<Timeblock["createdAt"], string | null>>()
holds<Same<Timeblock["position"], number>>()
holds<Same<Tier, "native" | "tesseract" | "cloud_ocr" | "llm" | "hitl">>()

// Passwords go in and never come out.
holds<Same<UserRow["password_hash"], string>>()
holds<Same<UserInput["passwordHash"], string>>()
holds<Same<Extract<keyof User, "passwordHash">, never>>()

// What a reader gives fits where the domain keeps it.
export const marker = (extracted: ExtractedMarker): TimetableMarker => extracted
export const unplaced = (extracted: ExtractedTimeblock): UnplacedTimeblock => extracted
export const cachedWord = ({ text, box, confidence }: Word): CachedOcrResult["layout"][number]["words"][number] => ({
  text,
  box,
  confidence
})

const least = { timetableId: "…", name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" } as const
export const input: TimeblockInput = least
// @ts-expect-error a duration follows from the times
export const withDuration: TimeblockInput = { ...least, duration: 60 }
// @ts-expect-error weekdays are whole words
export const shortDay: TimeblockInput = { ...least, dayOfWeek: "Mon" }
// @ts-expect-error a timeblock needs a name
export const nameless: TimeblockInput = { ...least, name: undefined }

// @ts-expect-error a session's key is made of a user's id
sessionEntry.key({ jobId: "…" })
// @ts-expect-error an LLM result's key takes both hashes
llmResultEntry.key({ documentHash: "sha256:…" })
// @ts-expect-error there is no such status
legalStatusChanges.done
// @ts-expect-error there is no such stage
stageQueues.publish
