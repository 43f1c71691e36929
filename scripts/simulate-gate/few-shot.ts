/** The same examples and the same answers, handed out anew: each goes five examples on. */
export function withShuffledLabels(prompt: string): string {
  const answer = /^Sentiment: (\w+)$/gm
  const labels = [...prompt.matchAll(answer)].map(([, label]) => label)
  let index = 0
  return prompt.replace(answer, () => `Sentiment: ${labels[(index++ + 5) % labels.length]}`)
}

/** The first `n` examples alone. */
export function withExamples(prompt: string, n: number): string {
  let index = 0
  return prompt.replace(/<email>\n[^{]*?\n<\/email>\nSentiment: \w+\n\n/g, (example) =>
    index++ < n ? example : '',
  )
}
