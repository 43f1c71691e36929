import { outputText } from '../../../format/plain.ts'

/** UTF-16 units of JSON that are laid out for reading. */
const LONGEST_JSON = 1_000_000

/** What a model answered, as text. */
export interface OutputForms {
  /** As it is stored: what a copy holds. */
  readonly raw: string
  /** Laid out for reading, where it is JSON and that differs. */
  readonly pretty: string | undefined
}

export function outputForms(output: unknown): OutputForms {
  if (typeof output !== 'string') return { raw: rawOf(output), pretty: undefined }
  const pretty = prettyJson(output)
  return { raw: output, pretty: pretty === output ? undefined : pretty }
}

/** Objects are laid out: they have no form of their own. */
function rawOf(output: unknown): string {
  return output === undefined || output === null ? '' : outputText(output)
}

function prettyJson(text: string): string | undefined {
  if (text.length > LONGEST_JSON || !/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return undefined
  }
}
