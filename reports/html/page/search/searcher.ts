/** Searches the texts of all rows; one search at a time. */
export interface Searcher {
  /**
   * @param onFound rows found since it was called last, and blocks searched so far
   * @throws Error with a sentence for people
   */
  find(words: readonly string[], onFound: (rows: ArrayLike<number>, done: number) => void): Promise<void>
  /** Ends what is being searched: its promise resolves. */
  stop(): void
}
