import { writeSync } from 'node:fs'
import { type Debugger, Session } from 'node:inspector'
import { workerData } from 'node:worker_threads'
import { describePlace, type Frame } from './watchdog-place.ts'
import { Pulse, type WatchdogData } from './watchdog-pulse.ts'

/** Without the first statement Node says on exit that it waits for the debugger. */
const EXIT = `process.getBuiltinModule('node:fs').closeSync(2); process.removeAllListeners('exit'); process.exit(3)`

const { memory, limitMs, tickMs, cwd } = workerData as WatchdogData
/**
 * How long the main thread may take to answer the debugger: unless it is outside JavaScript, or the machine is busy,
 * it answers at once.
 */
const answerMs = Math.max(5000, limitMs / 6)
const pulse = new Pulse(memory)

let beats = pulse.beats
// Ticks are counted and not time: while the machine sleeps neither thread runs.
let silent = 0
const timer = setInterval(() => {
  silent = pulse.beats === beats ? silent + 1 : 0
  beats = pulse.beats
  if (silent * tickMs < limitMs) return
  clearInterval(timer)
  interrupt()
}, tickMs)

function interrupt(): void {
  const session = new Session()
  session.connectToMainThread()
  const urls = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
    urls.set(params.scriptId, params.url)
  })
  const giveUp = setTimeout(() => {
    report('code outside JavaScript (a synchronous child process or file operation?)')
    kill()
  }, answerMs)
  session.once('Debugger.paused', ({ params }: { params: Debugger.PausedEventDataType }) => {
    clearTimeout(giveUp)
    report(
      describePlace(
        params.callFrames.map(({ location }) => toFrame(location, urls)),
        cwd,
      ),
    )
    session.post('Runtime.evaluate', { expression: EXIT }, (error) => error && kill())
    setTimeout(kill, answerMs)
  })
  session.post('Debugger.enable')
  session.post('Debugger.pause')
}

function toFrame(location: Debugger.Location, urls: ReadonlyMap<string, string>): Frame {
  return { url: urls.get(location.scriptId) ?? '', line: location.lineNumber + 1 }
}

function report(place: string): void {
  const running = pulse.running === '' ? '' : ` while ${pulse.running}`
  writeSync(
    2,
    `\nerror: ${place} has blocked the event loop for ${limitMs / 1000} s${running}\n` +
      'hint: Nothing else could run meanwhile. Make the code faster, or asynchronous. ' +
      'What was recorded is kept: `assay resume` on the run folder goes on.\n',
  )
}

function kill(): void {
  process.kill(process.pid, 'SIGKILL')
}
