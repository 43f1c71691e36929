/** promptfoo's words for why a reply ended, by those of the vendors. */
const WORDS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  completed: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  'tool-calls': 'tool_calls',
  tool_use: 'tool_calls',
  function_call: 'tool_calls',
  'content-filter': 'content_filter',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
  refusal: 'content_filter',
  safety: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
}

/** `stop`, `length`, `tool_calls`, `content_filter`; a word that has no such meaning stays, in lower case. */
export function finishReasonOf(stopReason: string | undefined): string | undefined {
  const word = stopReason?.trim().toLowerCase() ?? ''
  return word === '' ? undefined : (WORDS[word] ?? word)
}
