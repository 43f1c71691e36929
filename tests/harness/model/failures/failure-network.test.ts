import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { failureOfThrown } from '../../../../harness/model/failures/failure-of.ts'

let server: Server | undefined

afterEach(() => server?.close())

/** The address of a server that does as it is told with every connection, once it was sent something. */
function serve(answer: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const listening = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => answer(socket))
    })
    server = listening.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(`127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    })
  })
}

/** What comes of asking for JSON: what `fetch` or `json()` throws, as a failure. */
async function kindOfAsking(url: string): Promise<string> {
  try {
    const response = await fetch(url)
    await response.json()
    return 'a reply'
  } catch (error) {
    return failureOfThrown(error).kind
  }
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'

/** Sends a beginning, and when it has left does the rest. */
function begin(socket: Socket, text: string, then: () => unknown): void {
  socket.write(HEAD + text, () => setTimeout(then, 20))
}

describe('over a real connection', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['is reset before the answer', (socket) => socket.resetAndDestroy()],
    ['is closed before the answer', (socket) => socket.destroy()],
    [
      'is reset in the body',
      (socket) => begin(socket, 'Content-Length: 99\r\n\r\n{"a":', () => socket.resetAndDestroy()),
    ],
    [
      'is closed in the body',
      (socket) => begin(socket, 'Content-Length: 99\r\n\r\n{"a":', () => socket.destroy()),
    ],
    [
      'is closed between chunks',
      (socket) => begin(socket, 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n', () => socket.destroy()),
    ],
  ])('a call is unavailable when the connection %s', async (_what, answer) => {
    expect(await kindOfAsking(`http://${await serve(answer)}/`)).toBe('unavailable')
  })

  it.each([
    ['ends too soon', '{"a": "b'],
    ['is empty', ''],
    ['is a page', '<html>Sign in</html>'],
  ])('a whole body that %s is an answer: invalid, and final', async (_what, body) => {
    const address = await serve((socket) =>
      socket.end(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`),
    )
    expect(await kindOfAsking(`http://${address}/`)).toBe('invalid')
  })

  it('is unavailable where nobody listens', async () => {
    const address = await serve(() => {})
    await new Promise((resolve) => server?.close(resolve))
    expect(await kindOfAsking(`http://${address}/`)).toBe('unavailable')
  })

  it('is invalid where the server speaks no TLS, or the address is none', async () => {
    const address = await serve((socket) => socket.end('no TLS here'))
    expect(await kindOfAsking(`https://${address}/`)).toBe('invalid')
    expect(await kindOfAsking('http://:99999/')).toBe('invalid')
  })
})
