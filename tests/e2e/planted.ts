import { globSync, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Ways a secret may have been written somewhere. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'in a URL': (secret) => encodeURIComponent(secret),
  'in HTML': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in base64': (secret) => coreOf(secret, 0),
  'in base64 after one character': (secret) => coreOf(secret, 1),
  'in base64 after two characters': (secret) => coreOf(secret, 2),
}

/** What is the same of a text in base64, whatever stands before and after it. */
function coreOf(text: string, before: number): string {
  const encoded = Buffer.from(' '.repeat(before) + text).toString('base64')
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + Buffer.byteLength(text)) * 8) / 6))
}

/** Each way each secret stands in a text, by name. */
export function leaksIn(text: string, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(FORMS).flatMap(([how, form]) => (text.includes(form(secret)) ? [`${name} ${how}`] : [])),
  )
}

/**
 * The same for every file in folders: `file: what`. Files are read as bytes, so that nothing hides in what is no text, and so is what a
 * page has packed.
 */
export function leaksBelow(
  dirs: readonly string[],
  secrets: Readonly<Record<string, string>>,
  isMeant: (file: string) => boolean = () => true,
): string[] {
  return dirs.flatMap((dir) =>
    globSync('**/*', { cwd: dir })
      .filter((file) => isMeant(file) && statSync(join(dir, file)).isFile())
      .flatMap((file) =>
        leaksIn(unpacked(readFileSync(join(dir, file), 'latin1')), latin1(secrets)).map(
          (leak) => `${file}: ${leak}`,
        ),
      ),
  )
}

function unpacked(text: string): string {
  const packed = text.match(/(?<=[>"])H4sI[A-Za-z0-9+/=]+(?=[<"])/g) ?? []
  return [text, ...packed.map((each) => gunzipSync(Buffer.from(each, 'base64')).toString('latin1'))].join(
    '\n',
  )
}

function latin1(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [name, Buffer.from(secret).toString('latin1')]),
  )
}

/** A server that says in the body of every error, and in its headers, what it was sent. Closed by `close`. */
export async function startEcho(
  status: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer((request: IncomingMessage, response) => {
    request.resume()
    const told = { url: request.url, headers: request.headers }
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-errortype': 'AccessDeniedException',
      'x-echo':
        request.headers.authorization ??
        String(request.headers['x-goog-api-key'] ?? request.headers['x-api-key'] ?? 'none'),
      'set-cookie': 'session=c00kie-of-the-server; Path=/',
    })
    // As each of the vendors words an error.
    const message = `denied: ${JSON.stringify(told)}`
    const error = { type: 'permission_error', message, code: status, status: 'PERMISSION_DENIED' }
    response.end(JSON.stringify({ type: 'error', message, error }))
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
