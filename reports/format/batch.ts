/** Joins small strings into chunks of about 64 KB, so that a writer makes few writes. */
export async function* batch(strings: AsyncIterable<string>, size = 65_536): AsyncIterable<string> {
  let chunk = ''
  for await (const string of strings) {
    chunk += string
    if (chunk.length >= size) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}
