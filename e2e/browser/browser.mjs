// Starts Chromium with a fresh profile and watches what it complains about.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const need = (name, why) => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: it names ${why}`)
  return value
}

/** Where the node is, without a slash at the end. */
export const base = need('CANDOR_URL', 'the node to test, such as http://127.0.0.1:8080').replace(/\/$/, '')
const executablePath = need('CHROMIUM', 'the Chromium to run, such as /usr/bin/chromium')
const shots = process.env.SCREENSHOTS

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const desktop = { viewport: { width: 1280, height: 900 } }

// Where the node serves pictures; empty when there is no node, which tests say in their own words.
const facts = await fetch(`${base}/api/v1/chain`).then((r) => r.json()).catch(() => ({}))
export const gateway = facts.ipfs ?? ''
const friends = [base, gateway, facts.rpc ?? base]

/** A browser of its own; problems collects what its console and its network complain
 * about. It may ask the node, its gateway and its chain's endpoint, nobody else. */
export async function open(options = desktop) {
  const profile = mkdtempSync(join(tmpdir(), 'candor-browser-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: flags, ...options })
  context.setDefaultTimeout(20_000)
  const page = context.pages()[0] ?? (await context.newPage())
  const problems = []
  page.on('console', (m) => m.type() === 'error' && problems.push(`console: ${m.text()} ${m.location().url}`))
  page.on('pageerror', (e) => problems.push(`error: ${e.message}`))
  page.on('request', (r) => {
    if (!friends.some((f) => `${r.url()}/`.startsWith(f + '/')) && !/^(data|blob|about):/.test(r.url())) problems.push(`asked a stranger: ${r.url()}`)
  })
  const close = async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  return { page, context, problems, close }
}

/** Keeps a picture when SCREENSHOTS names a directory. */
export async function shot(page, name) {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}

/** How far the page is wider than its window, in pixels. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** How many posts have text that reaches out of their card, where it is cut. */
export const clipped = (page) => page.locator('main article').evaluateAll((all) => {
  const right = (e) => e.getBoundingClientRect().right
  return all.filter((a) => [...a.querySelectorAll('p, header')].some((e) => right(e) > right(a) + 1)).length
})

/** The ids of the posts that the feed shows, in order. */
export const order = (page) => page.locator('section[aria-label="Posts"] [data-post]').evaluateAll((all) => all.map((e) => e.dataset.post))

/** Waits until the feed has settled on what was last asked for. */
export async function settled(page) {
  await page.locator('section[aria-label="Posts"][aria-busy="false"] [data-post]').first().waitFor()
}
