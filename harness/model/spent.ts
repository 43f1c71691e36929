/** What calls took, graders and failures included: of those whose price or count is known. */
export interface Spent {
  readonly usd: number
  readonly tokens: number
  readonly calls: number
}
