// What a reader can check: plugins and their dates, runs from the inside, receipts, the audit.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, open, overflow, settled, shot } from './browser.mjs'

let browser, page
before(async () => {
  browser = await open()
  page = browser.page
})
after(() => browser?.close())

const go = (path) => page.goto(`${base}/#/${path}`)
const api = (path) => fetch(`${base}/api/v1${path}`).then((r) => r.json())
const stored = () => page.evaluate(() => new Promise((resolve) => {
  const o = indexedDB.open('candor', 1)
  o.onsuccess = () => {
    const all = o.result.transaction('receipts').objectStore('receipts').getAll()
    all.onsuccess = () => { o.result.close(); resolve(all.result) }
  }
}))

test('what is read leaves a receipt, and the browser finds it in the log by itself', async () => {
  await go('')
  await settled(page)
  // It looks once the merge delay has had its time and the head is anchored.
  let kept
  for (let tries = 0; !(kept = (await stored()).find((r) => r.state === 'logged')); tries++) {
    assert.ok(tries < 120, JSON.stringify(await stored()))
    await page.waitForTimeout(1000)
  }
  assert.match(kept.opening, /^0x[0-9a-f]{64}$/)
  assert.ok(kept.anchor.size > kept.receipt.seq)
  assert.match(kept.ticket.nonce, /^0x[0-9a-f]{64}$/)
  assert.equal(await page.locator('[data-alarm]').count(), 0)
})

test('a plugin’s page tells its dates, and is honest about its keys', async () => {
  await go('rankers')
  await page.getByRole('link', { name: 'Balanced', exact: true }).click()
  const record = await api('/plugins/hybrid')
  const secret = record.versions.at(-1)
  assert.equal(secret.state, 'locked', 'the town’s hybrid ranker is secret for a month')
  const left = page.locator('.big [data-left]')
  await left.waitFor()
  const seconds = Number(await left.getAttribute('data-left'))
  assert.ok(Math.abs(seconds - (secret.revealBy - Date.now() / 1000)) < 30, `${seconds} s are left`)
  await page.waitForFunction((before) => Number(document.querySelector('.big [data-left]').dataset.left) < before, seconds)
  await page.getByText(record.manifest.training).waitFor()
  await page.getByText(record.manifest.goal).waitFor()
  await page.getByRole('img', { name: /Versions over time: version 1/ }).waitFor()
  const share = await page.locator('[data-share] b').allInnerTexts()
  assert.equal(share.length, 4)
  await page.locator('[data-development]').waitFor()
  assert.equal(await page.locator('main .good').count(), 0, 'no green under development keys')
  assert.equal(await page.locator('main .alarm').count(), 0)
  assert.equal(await overflow(page), 0)
  await shot(page, 'plugin')
})

test('a date that is over shows in red', async () => {
  await page.route('**/api/v1/plugins/hybrid', async (route) => {
    const record = await (await route.fetch()).json()
    const now = Math.floor(Date.now() / 1000)
    Object.assign(record.versions.at(-1), { state: 'due', committed: now - 7200, revealBy: now - 3600 })
    await route.fulfill({ json: record })
  })
  await page.reload()
  await page.getByRole('alert').filter({ hasText: 'overdue' }).waitFor()
  assert.equal(await page.locator('[data-standing="due"].bad').count(), 1)
  assert.equal(await page.locator('svg .late').count(), 1)
  await shot(page, 'plugin-overdue')
  await page.unroute('**/api/v1/plugins/hybrid')
  await page.reload()
  await page.locator('[data-standing="locked"]').waitFor()
})

let run
test('a run shows what went in, its place in the log, and the revealed model’s word', async () => {
  const { items } = await api('/rankers')
  const ranker = items.find((r) => r.revealBy === 0 && r.id !== 'latest')
  run = (await api(`/feed?ranker=${ranker.id}&limit=1`)).run
  await go(`runs/${run.id}`)
  await page.getByRole('button', { name: 'Look inside' }).click()
  const first = page.locator('[data-ranked]').first()
  await first.locator('summary').click()
  await first.getByText('fresh_10m').waitFor()
  assert.ok((await first.locator('.features li').count()) > 5)

  for (let tries = 0; (await page.getByRole('button', { name: 'Find it in the log' }).count()) === 0; tries++) {
    assert.ok(tries < 60, 'the run is not logged')
    await page.waitForTimeout(500)
    await page.reload()
    await page.getByRole('heading', { name: 'Its place in the log' }).waitFor()
  }
  // The head with the run comes to the chain with the next anchor.
  for (let tries = 0; ; tries++) {
    await page.getByRole('button', { name: 'Find it in the log' }).click()
    await page.locator('[data-ok]').first().waitFor()
    const found = await page.locator('[data-ok]').evaluateAll((all) => all.map((e) => e.dataset.ok))
    if (found.join() === 'true,true,true') break
    assert.ok(!found.includes('false'), await page.locator('main').innerText())
    assert.ok(tries < 60, 'the run is not anchored')
    await page.waitForTimeout(1000)
  }
  await page.getByRole('button', { name: 'Replay in this browser' }).click()
  await page.locator('[data-replay]').waitFor({ timeout: 60_000 })
  assert.equal(await page.locator('[data-replay]').getAttribute('data-replay'), 'same', await page.locator('main').innerText())
  await page.getByRole('button', { name: 'Look inside' }).count().then((n) => n && page.getByRole('button', { name: 'Look inside' }).click())
  await page.locator('[data-ranked] .score').first().waitFor()
  await shot(page, 'run-inside')
})

test('another model than the committed one is found by its order and its commitment', async () => {
  await page.route('**/api/v1/reveals/*/*', async (route) => {
    const reveal = await (await route.fetch()).json()
    const b = Buffer.from(reveal.document, 'base64')
    for (let i = 140; i < b.length; i++) b[i] ^= 0x55 // behind the shape: other weights
    await route.fulfill({ json: { ...reveal, document: b.toString('base64') } })
  })
  await page.getByRole('button', { name: /^Replay/ }).click()
  await page.locator('[data-replay="other"]').waitFor({ timeout: 60_000 })
  assert.ok((await page.locator('[data-ok="false"]').count()) >= 1)
  await page.unroute('**/api/v1/reveals/*/*')
})

test('the audit checks the node here, and says what it does not say', async () => {
  await go('audit')
  await page.getByRole('button', { name: 'Check this node' }).click()
  await page.locator('[data-verdict]').waitFor({ timeout: 120_000 })
  const text = await page.locator('main').innerText()
  assert.equal(await page.locator('[data-verdict]').getAttribute('data-verdict'), 'clean', text)
  const states = Object.fromEntries(await page.locator('[data-step]').evaluateAll((all) => all.map((e) => [e.dataset.step, e.dataset.state])))
  for (const step of ['head', 'anchors', 'gapless', 'reveals']) assert.equal(states[step], 'good', `${step}: ${text}`)
  assert.equal(states.proofs, 'warn', `a development key is never green: ${text}`)
  assert.match(text, /anyone can forge/)
  assert.match(text, /Code served by the node checks itself/)
  assert.ok(text.includes(`candor audit --node ${base} --out report`))
  assert.equal(await overflow(page), 0)
  await shot(page, 'audit')
})

test('an endpoint of the reader’s own is asked, and another chain’s is refused', async () => {
  await page.getByLabel('Whom to ask about the chain').fill(`${base}/api/v1/stats`)
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Whom to ask about the chain').fill((await api('/chain')).rpc)
  await page.getByRole('button', { name: /^Check/ }).click()
  await page.locator('[data-step="anchors"][data-state="good"]').waitFor({ timeout: 60_000 })
  await page.locator('[data-verdict="clean"]').waitFor({ timeout: 120_000 })
})

test('a proof that is not made yet is said, and is no alarm', async () => {
  const unproved = { proof: null, registration: null, registrationKey: null, dispute: null, disputeKey: null }
  await page.route('**/bundle*', async (route) => {
    const response = await route.fetch() // one of a named reader is refused, and stays so
    await route.fulfill(response.ok() ? { response, json: { ...(await response.json()), ...unproved } } : { response })
  })
  await page.getByRole('button', { name: /^Check/ }).click()
  await page.getByText('without a proof (not made yet, or not drawn)').waitFor({ timeout: 120_000 })
  await page.locator('[data-verdict="clean"]').waitFor({ timeout: 120_000 })
  await page.unroute('**/bundle*')
})

test('nothing complained, and nobody else was asked', () => {
  // The stats are no endpoint of a chain, and a named reader's run is open to that reader alone.
  assert.deepEqual(browser.problems.filter((p) => !p.includes('/api/v1/stats') && !/400 .*\/bundle$/.test(p)), [])
})

test('a log that leaves a run out is called so, with evidence to keep', async () => {
  await page.route('**/log/tile/entries/**', async (route) => {
    const b = Buffer.from(await (await route.fetch()).body())
    for (let at = 0; at + 2 <= b.length; at += 2 + b.readUInt16BE(at)) b[at + 2 + 200] ^= 1
    await route.fulfill({ body: b })
  })
  await page.reload()
  await page.getByRole('button', { name: 'Check this node' }).click()
  await page.locator('[data-verdict="bad"]').waitFor({ timeout: 120_000 })
  for (const step of ['gapless', 'receipts']) assert.equal(await page.locator(`[data-step="${step}"]`).getAttribute('data-state'), 'bad', step)
  await shot(page, 'audit-bad')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Evidence' }).first().click()
  assert.match((await download).suggestedFilename(), /^candor-evidence-/)
  const [kept] = (await stored()).filter((r) => r.evidence)
  assert.match(kept.evidence.checkpoint, /\n— candor\.local/)
  const file = JSON.parse(kept.evidence.file)
  assert.deepEqual([file.version, file.fault, file.receipt], ['candor/evidence/v1', 'unanswered', kept.receipt])
  await page.unroute('**/log/tile/entries/**')
  await go('rankers')
  await page.locator('[data-alarm]').waitFor()
  await shot(page, 'alarm')
})

test('receipts leave by the reader’s own hand', async () => {
  await go('audit')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  assert.equal((await download).suggestedFilename(), 'candor-receipts.jsonl')
  page.once('dialog', (d) => d.accept())
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('None yet.').waitFor()
  assert.deepEqual(await stored(), [])
})
