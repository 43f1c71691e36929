import type { Trial } from '../model/trial.ts'
import { readPlaced } from './read-journal.ts'

/**
 * The trials of a journal with their prompts. In a baseline's, the line of a trial leaves its prompt to that of its call, which stands
 * before it: both kinds are read, which takes twice as long as trials alone.
 * @param upTo bytes to be read, of a journal that grows
 */
export async function* readPromptedTrials(
  file: string,
  onWarning?: (message: string) => void,
  upTo?: number,
): AsyncGenerator<Trial, void, undefined> {
  const asked = new Map<string, string>()
  const seen = new Set<string>()
  for await (const { line } of readPlaced(file, ['call', 'trial'], onWarning, upTo)) {
    if (line.kind === 'call') {
      if (line.role === 'model') asked.set(line.cellId, line.result.request.prompt)
      continue
    }
    const { id } = line.cell
    if (seen.has(id)) continue
    seen.add(id)
    const prompt = asked.get(id)
    asked.delete(id)
    yield line.request.prompt === '' && prompt !== undefined ? { ...line, request: { prompt } } : line
  }
}
