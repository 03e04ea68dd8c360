import { Integer } from "../domain/values.ts"

/** A percentage as rows keep it: with two decimals. */
export const hundredths = (percent: number): number => Math.round(percent * 100) / 100

/** The field with its value, or nothing where that is null or no column can hold it. */
export const whereInteger = <Name extends string>(
  name: Name,
  value: number | null
): { readonly [Key in Name]?: number } =>
  // Computed keys lose their type.
  (Integer.safeParse(value).success ? { [name]: value } : {}) as { readonly [Key in Name]?: number }
