// Pictures in the composer: what is taken, what is said, and what is published.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, desktop, gateway, open, overflow, phone, shot } from './browser.mjs'

let browser, page, dialog
before(async () => {
  browser = await open(desktop)
  page = browser.page
  await page.goto(`${base}/#/you`)
  const key = Array.from(crypto.getRandomValues(new Uint8Array(32)), (b) => b.toString(16).padStart(2, '0')).join('')
  await page.evaluate((k) => localStorage.setItem('candor.key', k), key)
  await page.reload()
  await page.getByRole('button', { name: 'Write' }).first().click()
  dialog = page.getByRole('dialog')
})
after(() => browser?.close())

// drawn is a picture of that size, as a file to choose.
async function drawn(name, width, height, hue) {
  const url = await page.evaluate(([w, h, hue]) => {
    const c = document.createElement('canvas')
    c.width = w
    c.height = h
    const g = c.getContext('2d')
    for (let i = 0; i < 12; i++) {
      g.fillStyle = `hsl(${hue + i * 6} 60% ${30 + i * 4}%)`
      g.fillRect((i * w) / 12, 0, w / 12 + 1, h)
    }
    return c.toDataURL('image/png')
  }, [width, height, hue])
  return { name, mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1], 'base64') }
}
const choose = (...files) => dialog.getByLabel('Add pictures').setInputFiles(files)
const pictures = () => dialog.getByRole('list', { name: 'Pictures' }).getByRole('listitem')

test('what is no picture, damaged or too large is said by name', async () => {
  const good = await drawn('a.png', 40, 40, 10)
  for (const [file, words] of [
    [{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }, 'The file notes.txt is no picture that nodes take: choose PNG, JPEG, GIF or WebP.'],
    [{ name: 'torn.png', mimeType: 'image/png', buffer: good.buffer.subarray(0, 60) }, 'The file torn.png cannot be read as a picture: it may be damaged.'],
    [{ name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(8_600_000) }, 'The picture huge.png has 8.6 MB: there is room for 8.4 MB.'],
  ]) {
    await choose(file)
    await dialog.getByText(words, { exact: true }).waitFor()
    assert.equal(await pictures().count(), 0)
  }
})

test('at most four are taken, with their sizes and words', async () => {
  await choose(await drawn('harbour.png', 640, 400, 190), await drawn('a tower.png', 120, 300, 20))
  await pictures().nth(1).waitFor()
  assert.match(await pictures().nth(0).innerText(), /harbour\.png\s+640 × 400, [\d.]+ (bytes|kB)/)
  assert.equal(await dialog.getByText(/at most/).count(), 0, 'what was said of other files is gone')
  await choose(await drawn('3.png', 30, 30, 90), await drawn('4.png', 30, 30, 120), await drawn('5.png', 30, 30, 150))
  await dialog.getByText('A post has at most 4 pictures.').waitFor()
  assert.equal(await pictures().count(), 4)
  assert.ok(await dialog.getByLabel('Add pictures').isDisabled())
  await dialog.getByRole('button', { name: 'Remove picture 4' }).click()
  await dialog.getByRole('button', { name: 'Remove picture 3' }).click()
  assert.equal(await pictures().count(), 2)
  assert.equal(await dialog.getByText(/at most 4/).count(), 0)

  await dialog.getByLabel('Words for picture 1').fill('ä'.repeat(1001))
  await dialog.getByText('The words for harbour.png are 2 bytes too long: there is room for 2000.').waitFor()
  assert.ok(await dialog.getByRole('button', { name: 'Post', exact: true }).isDisabled())
  await dialog.getByLabel('Words for picture 1').fill('Boats in a harbour at noon')
  await dialog.getByLabel('Words for picture 2').fill('A tower, leaning')
  await shot(page, 'pictures-chosen')
  await page.setViewportSize(phone.viewport)
  assert.equal(await overflow(page), 0)
  await shot(page, 'pictures-chosen-phone')
  await page.setViewportSize(desktop.viewport)
})

test('a node that does not take one is quoted, and nothing is lost', async () => {
  await page.route('**/api/v1/files', (r) => r.fulfill({
    status: 503, contentType: 'application/problem+json', body: '{"detail":"this relay keeps no more files this hour: try later"}',
  }))
  await dialog.getByRole('button', { name: 'Post', exact: true }).click()
  await dialog.getByText(/^The picture harbour\.png was not taken\. .*no more files this hour/).waitFor()
  assert.equal(await pictures().count(), 2)
  assert.equal(await dialog.getByLabel('Words for picture 2').inputValue(), 'A tower, leaning')
  await page.unroute('**/api/v1/files')
})

test('a post of pictures alone is published, and shown from the gateway', async () => {
  await dialog.getByRole('button', { name: 'Post', exact: true }).click()
  await page.getByText('Your post is on the chain.').waitFor({ timeout: 40_000 })
  assert.equal(await page.getByRole('dialog').count(), 0)
  const mine = await page.evaluate(async () => (await fetch('/api/v1/feed?ranker=latest&limit=1')).json())
  const post = mine.items[0].post
  assert.deepEqual(post.media.map((m) => [m.alt, m.mime, m.width, m.height]),
    [['Boats in a harbour at noon', 'image/png', 640, 400], ['A tower, leaning', 'image/png', 120, 300]])
  await page.goto(`${base}/#/post/${post.id}`)
  await page.reload()
  for (const m of post.media) {
    const img = page.getByRole('img', { name: m.alt })
    await img.waitFor()
    await img.evaluate((e) => e.decode())
    assert.ok((await img.getAttribute('src')).startsWith(`${gateway}/ipfs/${m.cid}`))
    assert.equal(await img.evaluate((e) => e.naturalWidth), m.width)
  }
  await shot(page, 'pictures-posted')
  await page.getByRole('button', { name: 'Write' }).first().click()
  assert.equal(await pictures().count(), 0, 'the next post begins without pictures')
})

test('nothing was asked of strangers, nothing went wrong', () => {
  assert.deepEqual(browser.problems.filter((p) => !/status of 503/.test(p)), [])
})
