/** What of an answer a key of a JSON reply is for; undefined for a key that asks for a detail of the text. */
export type Role = 'answer' | 'reason' | 'source' | 'confidence'

export function roleOf(key: string): Role | undefined {
  if (/reason|explan|evidence|because|quote|rationale/i.test(key)) return 'reason'
  if (/source|citation|document|doc_?id/i.test(key)) return 'source'
  if (/confidence|score|certainty|probability/i.test(key)) return 'confidence'
  return /answer|label|sentiment|categor|class|intent|result|verdict|topic|value/i.test(key)
    ? 'answer'
    : undefined
}
