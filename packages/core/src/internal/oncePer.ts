/**
 * The same function, run once for each object it is given: for what is asked of one page or image in several places. The
 * answer lives as long as the object, which must not change.
 */
export const oncePer = <Subject extends object, Answer>(
  answerTo: (subject: Subject) => Answer
): ((subject: Subject) => Answer) => {
  const answers = new WeakMap<Subject, { readonly answer: Answer }>()
  return (subject) => {
    const known = answers.get(subject) ?? { answer: answerTo(subject) }
    answers.set(subject, known)
    return known.answer
  }
}
