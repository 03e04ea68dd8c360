/** What the compiler knows of a pipeline: what it has gathered, and one line for each way to put it together wrongly. */
import type { BlobStore } from "../blob/BlobStore.ts"
import type { Journal } from "./Journal.ts"
import type { AnyStage, Stage } from "./Stage.ts"

/** What the compiler keeps of a stage in a pipeline. */
export interface Step<Before = unknown, Gives = unknown, E = unknown, R = unknown, Inner = unknown, Answers = unknown> {
  /** The artifacts that are there when the stage can run. */
  readonly before: Before
  readonly gives: Gives
  readonly error: E
  readonly services: R
  /** Paths of the stages inside. */
  readonly inner: Inner
  /** What a person answers; never where the stage does not wait. */
  readonly answers: Answers
}

/** The stages of a pipeline by name. */
export type Steps = Readonly<Record<string, Step>>

/** A stage that gives `Value` when a person has answered. */
export interface AnswerOf<Value> {
  /** Only for the compiler; never set. */
  readonly "~answer"?: Value
}

export type NameOf<S> = S extends AnyStage ? S["name"] : never
export type NeedsOf<S> = S extends Stage<string, infer Needs, unknown, unknown, unknown, string> ? Needs : never
export type GivesOf<S> = S extends Stage<string, never, infer Gives, unknown, unknown, string> ? Gives : never
export type ErrorOf<S> = S extends Stage<string, never, unknown, infer E, unknown, string> ? E : never
export type ServicesOf<S> = S extends Stage<string, never, unknown, unknown, infer R, string> ? R : never
export type InnerOf<S> = S extends Stage<string, never, unknown, unknown, unknown, infer Inner> ? Inner : never

/** The step that a stage is after `Before`. */
export type StepOf<S, Before> = Step<
  Before,
  GivesOf<S>,
  ErrorOf<S>,
  ServicesOf<S>,
  InnerOf<S>,
  S extends AnswerOf<infer Value> ? Value : never
>

type Missing<Needs, Have> = Exclude<keyof Needs, keyof Have> & string
type Mistyped<Needs, Have> = {
  [Name in keyof Needs & keyof Have]: Have[Name] extends Needs[Name] ? never : Name
}[keyof Needs & keyof Have] &
  string

type NeedsFault<S, Have> = [Missing<NeedsOf<S>, Have>] extends [never]
  ? [Mistyped<NeedsOf<S>, Have>] extends [never]
    ? never
    : `'${NameOf<S>}' needs another type of '${Mistyped<NeedsOf<S>, Have>}' than is given`
  : `'${NameOf<S>}' needs '${Missing<NeedsOf<S>, Have>}', which no earlier stage gives`

/** Why a stage cannot come next, in one line; never where it can. */
export type UseFault<S, Have, Names> =
  NameOf<S> extends Names
    ? `there is a stage '${NameOf<S>}' already`
    : [NeedsFault<S, Have>] extends [never]
      ? [keyof GivesOf<S> & keyof Have] extends [never]
        ? never
        : `'${NameOf<S>}' gives '${keyof GivesOf<S> & keyof Have & string}', which is there already`
      : NeedsFault<S, Have>

/** Why a stage cannot take the place of the stage `Name`, in one line; never where it can. */
export type ReplaceFault<S, Name extends string, Place extends Step, Have, Names> =
  NameOf<S> extends Exclude<Names, Name>
    ? `there is a stage '${NameOf<S>}' already`
    : [NeedsFault<S, Place["before"]>] extends [never]
      ? [Missing<Place["gives"], GivesOf<S>>] extends [never]
        ? [Mistyped<Place["gives"], GivesOf<S>>] extends [never]
          ? [keyof GivesOf<S> & Exclude<keyof Have, keyof Place["gives"]>] extends [never]
            ? never
            : `'${NameOf<S>}' gives '${keyof GivesOf<S> & Exclude<keyof Have, keyof Place["gives"]> & string}', which is there already`
          : `'${NameOf<S>}' gives another type of '${Mistyped<Place["gives"], GivesOf<S>>}' than '${Name}' gives`
        : `'${NameOf<S>}' does not give '${Missing<Place["gives"], GivesOf<S>>}', which '${Name}' gives`
      : NeedsFault<S, Place["before"]>

/** All errors of the stages. */
export type ErrorsOf<S extends Steps> = S[keyof S]["error"]

/** Paths of all stages, those inside others included. */
export type PathsOf<S extends Steps> = (keyof S | S[keyof S]["inner"]) & string

/** Names of the stages that wait for a person. */
export type ReviewsOf<S extends Steps> = {
  [Name in keyof S]: [S[Name]["answers"]] extends [never] ? never : Name
}[keyof S] &
  string

/** The services that are still to be provided. A journal needs a place for bytes. */
export type MissingServices<S extends Steps, Provided> = Exclude<
  S[keyof S]["services"] | (Journal extends Provided ? BlobStore : never),
  Provided
>

type KeyOf<Service> = Service extends { readonly key: infer Key extends string } ? Key : string

/** `Value` where all services are there, else one line that names those that are not. */
export type WhenProvided<Missing, Value> = [Missing] extends [never]
  ? Value
  : `the service '${KeyOf<Missing>}' is not provided`
