import type { Page } from 'playwright-core'

/** What a text must never become. */
const FOREIGN =
  'img, image, picture, video, audio, iframe, frame, object, embed, form, link, base, portal, animate, foreignObject, math, template, script[src], meta[http-equiv="refresh" i], [srcdoc], [style*="inset"]'

/**
 * What texts have become but text, one sentence each: an element, a handler, an address, a character that is not seen or that reorders
 * what stands around it, a page that is wider than its window.
 */
export function workings(page: Page): Promise<string[]> {
  return page.evaluate((foreign) => {
    const all = [...document.querySelectorAll('*')].filter((one) => !one.matches('head *'))
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement?.closest('script, style') === null) texts.push((node as Text).data)
    const attributes = all.flatMap((one) => [...one.attributes])
    const named = (names: RegExp) => attributes.filter(({ name }) => names.test(name))
    const told = named(/^(title|aria-label|data-copy|placeholder)$/).map(({ value }) => value)
    const hidden = /[\p{Bidi_Control}\p{Cs}\u200B-\u200D\u2060\uFEFF]|(?![\n\t])\p{Cc}/u
    const beyond = (document.scrollingElement?.scrollWidth ?? 0) - innerWidth
    return [
      ...all.filter((one) => one.matches(foreign)).map(({ outerHTML }) => `element ${outerHTML}`),
      ...named(/^on/i).map(({ name, value }) => `handler ${name}=${value}`),
      ...named(/^(href|src|action|formaction|xlink:href)$/)
        .filter(({ value }) => !/^#[\w-]+$|^#cell=[0-9a-f]{16}$/.test(value))
        .map(({ value }) => `address ${value}`),
      ...[...texts, ...told]
        .filter((text) => hidden.test(text))
        .map((text) => `hidden ${JSON.stringify(text)}`),
      ...(beyond > 0 ? [`${beyond} px too wide`] : []),
    ].map((sentence) => sentence.slice(0, 200))
  }, FOREIGN)
}

/** Opens everything that is folded, also within what was. */
export async function unfold(page: Page, within = 'body'): Promise<void> {
  await page.locator(within).evaluate((root) => {
    for (let rounds = 0; rounds < 3; rounds++)
      for (const one of root.querySelectorAll('details:not([open])')) one.setAttribute('open', '')
  })
}
