import type { ReviewMark } from '../../../../harness/model/review.ts'

/** The marks in the order of their keys, 1 to 4, and what each says. */
export const MARK_WORDS: readonly {
  readonly mark: ReviewMark
  readonly word: string
  readonly says: string
}[] = [
  {
    mark: 'label_wrong',
    word: 'Label wrong',
    says: 'The expected answer is mistaken: the dataset is to be mended.',
  },
  {
    mark: 'judge_wrong',
    word: 'Judge wrong',
    says: 'The check should have come out otherwise on this reply.',
  },
  { mark: 'acceptable', word: 'Acceptable', says: 'Not what was expected, but good enough to ship.' },
  { mark: 'agree', word: 'Agree', says: 'The checks are right about this reply.' },
]

/** `judge wrong` */
export function markWord(mark: ReviewMark): string {
  return MARK_WORDS.find((one) => one.mark === mark)?.word.toLowerCase() ?? mark
}

export function isMark(value: unknown): value is ReviewMark {
  return MARK_WORDS.some(({ mark }) => mark === value)
}
