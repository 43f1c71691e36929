// Preloaded into a run: from the 40th request on the wall clock is a day off, by JUMP_MS. Node's timers and its monotonic
// clock do not see it, as they do not see a clock that is set.
const jumpMs = Number(process.env.JUMP_MS)
const RealDate = Date
const realFetch = globalThis.fetch
let requests = 0

globalThis.fetch = (...args) => {
  requests++
  return realFetch(...args)
}
const offset = () => (requests >= 40 ? jumpMs : 0)

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offset())
    else super(...args)
  }

  static now() {
    return RealDate.now() + offset()
  }
}
