/** The name of a column for a camelCase name: `"s3VersionId"` becomes `"s3_version_id"`. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeCase<Rest>}`
    : `_${Lowercase<First>}${SnakeCase<Rest>}`
  : Name

/** See the type of the same name; `snakeCase("s3VersionId")` is `"s3_version_id"`. */
export const snakeCase = <Name extends string>(name: Name): SnakeCase<Name> =>
  // The compiler cannot follow a regular expression; the property tests hold both to the same columns.
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as SnakeCase<Name>
