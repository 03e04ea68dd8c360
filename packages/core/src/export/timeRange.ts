/** `09:00–10:00`, only the start where no end is known, `no time` without a start. */
export const timeRange = (startTime: string | null, endTime: string | null): string => {
  if (startTime === null) {
    return "no time"
  }
  return endTime === null ? startTime : `${startTime}–${endTime}`
}
