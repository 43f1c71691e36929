import type { Vendor } from '../vendor.ts'
import { AnthropicReader } from './anthropic-reader.ts'
import { GoogleReader } from './google-reader.ts'
import { OpenAIReader } from './openai-reader.ts'
import type { Reader, Style } from './reading.ts'

const READERS: Readonly<Record<Vendor, new (style: Style) => Reader>> = {
  openai: OpenAIReader,
  'openai-compatible': OpenAIReader,
  ollama: OpenAIReader,
  google: GoogleReader,
  anthropic: AnthropicReader,
}

/** Whoever reads the replies of a vendor. */
export function readerOf(vendor: Vendor, style: Style): Reader {
  return new READERS[vendor](style)
}
