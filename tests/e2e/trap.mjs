// Preloaded into a process under test: writes to the file named by TRAP_LOG what it must not do. Every attempt to reach
// the network is refused; imports of promptfoo are only noted.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import module from 'node:module'
import net from 'node:net'

const { TRAP_LOG } = process.env

function note(line) {
  appendFileSync(TRAP_LOG, `${line}\n`)
}

function refuse(holder, name, label) {
  holder[name] = function refused(...args) {
    const [target] = args
    note(`network: ${label} ${typeof target === 'string' ? target : JSON.stringify(target)}`)
    throw new Error(`${label}: this process may not use the network`)
  }
}

// http, https, tls and undici all connect through it.
refuse(net.Socket.prototype, 'connect', 'connect')
refuse(dgram.Socket.prototype, 'send', 'send')
refuse(globalThis, 'fetch', 'fetch')
for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(holder))
    if (/^(?:lookup|resolve|reverse)/.test(name)) refuse(holder, name, `dns.${name}`)
module.syncBuiltinESMExports()

module.registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'promptfoo') note('import: promptfoo')
    return next(specifier, context)
  },
})
