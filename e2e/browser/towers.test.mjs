// What readers see of towers. The town has none: the node's answers are given one more, and
// what it would say of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, clipped, desktop, open, order, overflow, phone, settled, shot } from './browser.mjs'

const plugin = `0x${'5c'.repeat(32)}`
const id = `${plugin}/2`
const day = 86_400
const now = Math.floor(Date.now() / 1000)
const tower = {
  id, slug: 'spire', name: 'The Spire', description: 'It turns words into numbers.', publisher: `0x${'7a'.repeat(20)}`, commitment: `0x${'11'.repeat(32)}`,
  shape: '256x32', revealBy: now + 20 * day, assurance: 'replicated', manifest: 'bafkqaaa', vectors: 1234,
  workers: [
    { operator: 'north', state: 'ready', workers: ['a (CPU)'], capacity: 4, answered: 9, failed: 0 },
    { operator: 'south', state: 'cut-off', why: 'it made another vector than the others', workers: [], capacity: 0, answered: 3, failed: 0 },
  ],
}
const version = {
  id, plugin, version: 2, slug: 'spire', publisher: tower.publisher, commitment: tower.commitment, revealBy: tower.revealBy, state: 'locked', onChain: 'none',
  committed: now - day, activeFrom: 3, activeUntil: 0, withdrawn: false, revealedAt: 0, bond: '0', manifest: 'bafkqaaa',
}
const record = {
  id: plugin, slug: 'spire', kind: 'tower', publisher: tower.publisher, block: 9, time: now, grace: 600, versions: [version], earlier: 1, towers: [tower],
  manifest: { kind: 'tower', name: tower.name, description: tower.description, goal: '', training: 'Letters of two towns.', licence: 'CC0-1.0', shape: tower.shape, version: 2, personalised: false, featureSchema: '', rule: '', circuit: '' },
}

const change = (page, path, with_) => page.route(`**/api/v1/${path}`, async (route) => {
  const answer = await (await route.fetch()).json()
  await route.fulfill({ json: with_(answer) })
})

async function towered(page) {
  await page.route('**/api/v1/towers', (route) => route.fulfill({ json: { items: [tower], cursor: '' } }))
  await page.route(`**/api/v1/plugins/${plugin}`, (route) => route.fulfill({ json: record }))
  await change(page, 'rankers', (l) => ({ ...l, items: l.items.map((r) => (r.id === 'hybrid' ? { ...r, tower: id } : r)) }))
  await change(page, 'plugins/hybrid', (p) => ({ ...p, here: { ...p.here, tower: id, assurance: 'proven' } }))
}

let browser, page
before(async () => {
  browser = await open(desktop)
  page = browser.page
  await towered(page)
})
after(() => browser?.close())

test('the rankers’ page lists towers, with who made them, what speaks for them and who reads them', async () => {
  await page.goto(`${base}/#/rankers`)
  const facts = page.locator(`[data-tower="${id}"]`)
  await facts.waitFor()
  const says = await facts.innerText()
  for (const want of ['0x7a7a…7a7a', 'secret until', 'of 1,234 texts, 32 numbers each', '1 of 2 operators answers', 'replicated.', 'must agree on every bit', 'Balanced']) assert.ok(says.includes(want), `${want} is not in ${says}`)
  await page.getByText('Vectors are signed, not proven').waitFor()
  await shot(page, 'towers')
})

test('a ranker over a tower says in plain words what is proven and what is not', async () => {
  await page.goto(`${base}/#/plugins/hybrid`)
  const box = page.locator(`[data-over="${id}"]`)
  await box.getByRole('link', { name: 'The Spire' }).waitFor()
  const says = await box.innerText()
  for (const want of ['Proven: that the order follows', 'Signed, not proven: the vectors', 'Checked later', 'has zeros in its place']) assert.ok(says.includes(want), `${want} is not in ${says}`)
  await shot(page, 'over-tower')
  await box.getByRole('link', { name: 'The Spire' }).click()
  await page.getByRole('heading', { name: 'The Spire' }).waitFor()
})

test('a tower has a page: its date, its operators, its readers', async () => {
  await page.locator('.big [data-left]').waitFor()
  const says = await page.locator('main').innerText()
  for (const want of ['it turns posts into vectors', 'too large to be proved', 'Letters of two towns.', 'south', 'cut-off: it made another vector', 'Balanced']) assert.ok(says.includes(want), `${want} is not in ${says}`)
  assert.ok(!says.includes('depends on the reader') && !says.includes('64 public features'), says)
  await shot(page, 'tower')
})

test('a post’s similar posts, in meaning and as a tower sees them', async () => {
  await page.goto(`${base}/#/`)
  await settled(page)
  const [first, second] = await order(page)
  let asked = ''
  await page.route('**/similar?*tower=*', async (route) => {
    asked = route.request().url()
    const { post } = await (await fetch(`${base}/api/v1/posts/${second}`)).json()
    await route.fulfill({ json: { items: [post], cursor: '', block: 1 } })
  })
  await page.goto(`${base}/#/post/${first}`)
  const meant = page.waitForResponse((r) => r.url().includes(`/posts/${first}/similar?`) && r.status() === 200)
  await page.getByText('Similar posts').click()
  assert.ok(!(await meant).url().includes('tower='))
  await page.getByLabel('As seen by').selectOption({ label: 'The Spire, a tower' })
  await page.locator(`.similar [data-post="${second}"]`).waitFor()
  assert.equal(new URL(asked).searchParams.get('tower'), id)
  await shot(page, 'similar')
  await page.unroute('**/similar?*tower=*')
  await page.getByLabel('As seen by').selectOption('')
  const refused = page.waitForResponse((r) => r.url().includes('tower=') && r.status() === 404)
  await page.getByLabel('As seen by').selectOption(id) // of which the node has nothing
  await refused
  await page.locator('.similar').getByText('This node has no vectors of this tower').waitFor()
})

test('on a phone too, in the dark', async () => {
  const small = await open({ ...phone, colorScheme: 'dark' })
  try {
    await towered(small.page)
    for (const [name, path, waits] of [['towers', 'rankers', '[data-tower]'], ['over-tower', 'plugins/hybrid', '[data-over]'], ['tower', `plugins/${plugin}`, '.big [data-left]']]) {
      await small.page.goto(`${base}/#/${path}`)
      await small.page.locator(waits).first().waitFor()
      assert.equal(await overflow(small.page), 0, `${name} is wider than the phone`)
      assert.equal(await clipped(small.page), 0, `${name} shows text that is cut`)
      await shot(small.page, `phone-dark-${name}`)
    }
    assert.deepEqual(small.problems, [])
  } finally {
    await small.close()
  }
})

test('nothing complained but what was refused, and nobody else was asked', () => {
  assert.deepEqual(browser.problems.filter((p) => !p.includes('404')), [])
})
