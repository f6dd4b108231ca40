// The reader's way through the client, on a real node in a real browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, clipped, desktop, open, order, overflow, phone, settled, shot } from './browser.mjs'

let browser, page
before(async () => {
  const ready = await fetch(`${base}/readyz`).catch(() => null)
  assert.ok(ready?.ok, `there is no ready node at ${base}: start one with make run`)
  browser = await open(desktop)
  page = browser.page
})
after(() => browser?.close())

const go = async (path) => {
  await page.goto(`${base}/#/${path}`)
}
const radios = () => page.getByRole('radio')
const pick = async (name) => {
  await page.getByRole('radio', { name, exact: true }).check()
  await settled(page)
}
const feedAnswer = () => page.waitForResponse((r) => r.url().includes('/api/v1/feed?'))

test('the feed shows posts with authors, times and reasons', async () => {
  await go('')
  await settled(page)
  assert.ok((await order(page)).length >= 10, 'at least ten posts')
  const first = page.locator('section[aria-label="Posts"] article').first()
  assert.match(await first.locator('time').getAttribute('datetime'), /^\d{4}-\d\d-\d\dT/)
  assert.notEqual((await first.locator('a.name').innerText()).trim(), '')
  await shot(page, 'feed')
})

test('another ranker gives another order, and the first comes back at once', async () => {
  const names = await radios().evaluateAll((all) => all.map((r) => r.getAttribute('aria-label')))
  assert.ok(names.length >= 2, 'at least two rankers')
  const chosen = await page.getByRole('radio', { checked: true }).getAttribute('aria-label')
  const one = await order(page)
  let changed = false
  for (const name of names.filter((n) => n !== chosen)) {
    await pick(name)
    changed ||= (await order(page)).slice(0, 20).join() !== one.slice(0, 20).join()
  }
  assert.ok(changed, 'every ranker gives the same order')
  await shot(page, 'another-ranker')
  await pick(chosen)
  assert.deepEqual((await order(page)).slice(0, 10), one.slice(0, 10))
})

test('the picker says of every ranker how well it orders, how fast it answers, how often it is up and what is proven', async () => {
  let all
  for (const end = Date.now() + 120_000; ; await page.waitForTimeout(1_000)) {
    all = (await (await fetch(`${base}/api/v1/rankers?limit=100`)).json()).items
    if (all.every((r) => r.quality && r.serving.checked && r.serving.answers)) break
    assert.ok(Date.now() < end, `not measured: ${all.filter((r) => !r.quality).map((r) => `${r.id}: ${r.unmeasured}`).join('; ')}`)
  }
  assert.ok(all.length >= 7)
  await page.reload()
  await settled(page)
  for (const r of all) {
    const told = await page.locator('label', { has: page.locator(`input[name="ranker"][value="${r.id}"]`) }).locator('[data-figures]').innerText()
    assert.match(told, /^quality \d\.\d\d · (<1|[\d,]+) ms · [<\d.]+ % up · ([<\d.]+ % proven|no runs)$/, r.id)
    assert.ok(told.startsWith(`quality ${r.quality.ndcg10.toFixed(2)} `), `${r.id} has ${r.quality.ndcg10}: ${told}`)
  }
  assert.ok(new Set(all.map((r) => r.quality.ndcg10)).size > 4, 'all are equally good')
  const badge = await page.locator('.wide .badge').boundingBox()
  assert.ok(badge && badge.y + badge.height < page.viewportSize().height, 'the proof is below what is in sight')
  await shot(page, 'picker')
  await go('rankers')
  for (const name of ['Quality', 'Answers in', 'Up', 'Proven']) {
    assert.equal(await page.locator(`[data-figure="${name}"]`).filter({ hasText: /\d|no runs/ }).count(), all.length, name) // runs are counted every 15 s
  }
  await shot(page, 'rankers')
  await go(`plugins/${all[0].id}`)
  assert.match(await page.locator('[data-figure="Quality"]').innerText(), /slates of this node's posts, by likes/)
  await go('')
  await settled(page)
})

test('a filter says how many posts it hid', async () => {
  for (const toggle of await page.getByRole('switch').all()) {
    const name = await toggle.getAttribute('aria-label')
    if (!(await toggle.isChecked())) {
      const answer = feedAnswer()
      await toggle.check({ force: true })
      await answer
      await settled(page)
    }
    const count = page.locator('label', { has: page.getByRole('switch', { name, exact: true }) }).locator('[data-filter]')
    assert.match(await count.innerText(), /^hid \d+$/, name)
  }
  const answer = await page.evaluate(async () => {
    const ids = [...document.querySelectorAll('[data-filter]')].map((e) => ['filter', e.dataset.filter])
    const ranker = document.querySelector('input[type=radio]:checked').value
    return (await fetch('/api/v1/feed?' + new URLSearchParams([['ranker', ranker], ...ids]))).json()
  })
  for (const { filter, count } of answer.hidden) {
    assert.equal(await page.locator(`[data-filter="${filter}"]`).innerText(), `hid ${count}`)
  }
  await shot(page, 'filters')
  const off = page.getByRole('switch').first()
  await off.uncheck({ force: true })
  await settled(page)
  assert.equal(await page.locator('[data-filter]').first().innerText(), 'off')
  await off.check({ force: true })
})

test('the feed goes on below', async () => {
  const before = (await order(page)).length
  await page.locator('section[aria-label="Posts"] article').last().scrollIntoViewIfNeeded()
  await page.waitForFunction((n) => document.querySelectorAll('section[aria-label="Posts"] [data-post]').length > n, before)
  const all = await order(page)
  assert.equal(new Set(all).size, all.length, 'no post twice')
  await page.evaluate(() => scrollTo(0, 0))
})

test('the run is proven, and this browser verifies it by both verifiers', async () => {
  await settled(page)
  const badge = page.locator('aside a[data-proof="proven"]:visible').first()
  await badge.waitFor({ timeout: 120_000 })
  await badge.click()
  await page.getByText('That the ranking is fair or wise.').waitFor()
  await page.getByText('not yet externally reviewed').first().waitFor()
  await shot(page, 'run')
  const development = await page.getByText('Development key: anyone can forge.').count()
  const started = Date.now()
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  const verdict = page.locator('[data-valid]')
  await verdict.waitFor({ timeout: 60_000 })
  const whole = Date.now() - started
  assert.equal(await verdict.getAttribute('data-valid'), 'true', await verdict.innerText())
  const took = Number(/^([\d.,]+) ms to check/m.exec(await page.locator('main').innerText())[1].replace(',', ''))
  assert.ok(took < 10_000, `verifying took ${took} ms`) // some 1.5 s on two quiet cores, both verifiers' generators included
  if (development) assert.match(await verdict.innerText(), /anyone can forge the registration/)
  assert.match(await verdict.innerText(), /run proof needs no key/)
  assert.equal(await verdict.locator('xpath=self::*[contains(@class, "good")]').count(), 0, 'no green under a development key')
  assert.equal(await page.locator('[data-second]').getAttribute('data-second'), 'yes', await page.locator('main').innerText())
  for (const name of ['registration', 'proof']) await page.locator('main li:not(.wrong)').getByText(name, { exact: true }).waitFor()
  console.log(JSON.stringify({ verify_ms: took, with_loading_ms: whole }))
  await shot(page, 'verified')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the bundle' }).click()
  assert.match((await download).suggestedFilename(), /^candor-run-[0-9a-f]{12}\.json$/)
})

test('two verifiers that disagree are said loudly, and nothing is valid', async () => {
  await page.reload() // the second verifier that is loaded already would agree
  await page.route('**/runproof.worker*', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'onmessage = () => postMessage({ refused: "A planted refusal.", milliseconds: 1 })' }))
  await page.getByRole('button', { name: /^Verify/ }).click()
  await page.locator('[data-valid="false"]').waitFor({ timeout: 60_000 })
  await page.getByText('The two verifiers disagree.').waitFor()
  await page.getByText('A planted refusal.').waitFor()
  await shot(page, 'disagree')
  await page.unroute('**/runproof.worker*')
  await page.reload()
})

test('a bundle that somebody touched is not valid, and a missing verifier is said', async () => {
  const touch = async (route) => {
    const bundle = JSON.parse(await (await route.fetch()).text())
    ;[bundle.served[0], bundle.served[1]] = [bundle.served[1], bundle.served[0]]
    await route.fulfill({ body: JSON.stringify(bundle), contentType: 'application/json' })
  }
  await page.route('**/bundle*', touch)
  await page.getByRole('button', { name: /^Verify/ }).click()
  await page.locator('[data-valid="false"]').waitFor({ timeout: 60_000 })
  assert.ok((await page.locator('main li.wrong').count()) > 0, 'what does not fit is named')
  await page.unroute('**/bundle*', touch)

  await page.reload() // the verifier that is loaded already would do
  await page.route('**/verify.wasm', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: 'no' }))
  await page.getByRole('button', { name: /^Verify/ }).click()
  await page.getByText('This node serves no verifier for browsers.', { exact: false }).waitFor()
  await page.unroute('**/verify.wasm')
})

test('switching keeps the place, and a dialog gives the focus back', async () => {
  await go('')
  await settled(page)
  // Read to the end: from here on each order comes whole, so that what it holds is known.
  while (!(await page.getByText('The end of this run').isVisible())) {
    const n = (await order(page)).length
    await page.locator('section[aria-label="Posts"] article').last().scrollIntoViewIfNeeded()
    await page.waitForFunction((n) => document.querySelectorAll('section[aria-label="Posts"] [data-post]').length > n
      || document.body.innerText.includes('The end of this run'), n)
  }
  const topOf = (id) => page.evaluate((id) => document.querySelector(`[data-post="${id}"]`)?.getBoundingClientRect().top, id)
  const choose = [
    ...(await radios().evaluateAll((all) => all.map((r) => r.getAttribute('aria-label')))).map((name) => () => pick(name)),
    async () => {
      await page.getByRole('switch').first().click({ force: true })
      await settled(page)
    },
  ]
  let kept = 0
  for (const change of choose) {
    const [id] = (await order(page)).slice(4)
    await page.locator(`[data-post="${id}"]`).evaluate((e) => scrollTo(0, e.getBoundingClientRect().top + scrollY - 20))
    await change()
    if (!(await order(page)).includes(id)) continue
    kept++
    // Where it was, or as near as the page's end lets it.
    await page.waitForFunction((id) => {
      const { top } = document.querySelector(`[data-post="${id}"]`).getBoundingClientRect()
      const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2
      return Math.abs(top - 20) <= 2 || (end && top > 20 && top < innerHeight)
    }, id)
      .catch(async () => assert.fail(`post ${id} moved from 20 to ${await topOf(id)}`))
  }
  assert.ok(kept > 0, 'no post is in two orders')

  const opener = page.getByRole('button', { name: /^Read as/ }).locator('visible=true').first()
  await opener.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.ok(await opener.evaluate((e) => e === document.activeElement))
  await page.evaluate(() => scrollTo(0, 0))
})

test('someone else’s eyes: a public preview, named as such', async () => {
  await go('')
  await settled(page)
  await page.getByRole('button', { name: /^Read as/ }).locator('visible=true').first().click()
  const dialog = page.getByRole('dialog', { name: 'Read as' })
  const person = dialog.locator('.people button').first()
  const name = (await person.locator('b').innerText()).trim()
  await dialog.getByRole('searchbox').fill(name.slice(0, 4))
  const answer = feedAnswer()
  await dialog.locator('.people button', { hasText: name }).first().click()
  assert.match((await answer).url(), /viewer=0x[0-9a-fA-F]{40}/)
  await page.getByText('A public preview of what').waitFor()
  await settled(page)
  await shot(page, 'preview')
  await page.getByRole('button', { name: 'Read anonymously' }).click()
  await settled(page)
})

test('a profile and a post have their pages', async () => {
  const article = page.locator('section[aria-label="Posts"] article').first()
  const id = await article.getAttribute('data-post')
  const author = (await article.locator('a.name').innerText()).trim()
  await article.locator('time').click()
  await page.getByRole('heading', { name: 'Post', exact: true }).waitFor()
  await page.locator(`main article.main[data-post="${id}"]`).waitFor()
  await shot(page, 'post')
  await page.locator('main article.main a.name').click()
  await page.getByRole('heading', { name: author, exact: true }).first().waitFor()
  await page.locator('main ol article').first().waitFor()
  await shot(page, 'profile')
})

test('a new key posts, likes and follows', async () => {
  await go('')
  await settled(page)
  await page.getByRole('button', { name: 'Write' }).click()
  const name = `Test reader ${Date.now() % 100000}`
  await page.getByPlaceholder('How others will see you').fill(name)
  await page.getByRole('button', { name: 'Create my key' }).click()
  const said = `A word from the browser test, ${Date.now()} #hello`
  await page.getByRole('textbox', { name: 'Your post' }).fill(said)
  await shot(page, 'compose')
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  await page.getByText(said).first().waitFor()
  await page.getByText('Your post is on the chain.').waitFor({ timeout: 40_000 })
  const mine = page.getByRole('region', { name: 'You just posted' })
  const id = await mine.locator('article').getAttribute('data-post')
  assert.match(id, /^\d+-\d+-\d+$/)
  await shot(page, 'posted')

  const stored = await page.evaluate(async (id) => (await fetch(`/api/v1/posts/${id}`)).json(), id)
  assert.equal(stored.post.text, said)
  assert.equal(stored.post.authorName, name)

  const other = page.locator('section[aria-label="Posts"] article').filter({ hasNotText: said }).first()
  const liked = await other.getAttribute('data-post')
  const likes = (await page.evaluate(async (id) => (await fetch(`/api/v1/posts/${id}`)).json(), liked)).post.likes
  await other.getByRole('button', { name: /^Like/ }).click()
  await other.getByRole('button', { name: new RegExp(`^Like, ${(likes + 1).toLocaleString('en')} like`) }).waitFor()
  await page.waitForFunction(
    async ([id, n]) => (await (await fetch(`/api/v1/posts/${id}`)).json()).post.likes === n,
    [liked, likes + 1], { timeout: 40_000, polling: 500 },
  )

  await other.locator('a.name').click()
  await page.getByRole('button', { name: 'Follow', exact: true }).click()
  await page.getByText(/^You follow .* now\.$/).waitFor({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Following', exact: true }).waitFor()
  await shot(page, 'followed')
})

test('the key’s own feed shows whom it follows', async () => {
  await go('you')
  const answer = feedAnswer()
  await page.getByRole('button', { name: 'Your feed' }).click()
  const feed = await (await answer).json()
  assert.equal(feed.run.anonymous, false)
  assert.equal(feed.run.public, false)
  await page.getByText('Your own feed: this run is opened to you alone').waitFor()
  await settled(page)
  await shot(page, 'own-feed')
})

test('a reply stands under its post', async () => {
  const article = page.locator('section[aria-label="Posts"] article').first()
  await article.locator('time').click()
  await page.getByRole('button', { name: 'Write a reply' }).click()
  const said = `A reply from the browser test, ${Date.now()}`
  await page.getByRole('textbox', { name: 'Your reply' }).fill(said)
  await page.getByRole('button', { name: 'Reply', exact: true }).last().click()
  await page.locator('main ol article', { hasText: said }).waitFor()
  await page.getByText('Your reply is on the chain.').waitFor({ timeout: 40_000 })
  await page.reload()
  await page.locator('main ol article', { hasText: said }).waitFor()
  await shot(page, 'reply')
})

test('the rankers explain themselves', async () => {
  await go('rankers')
  await page.getByText('Its goal.').first().waitFor()
  assert.ok((await page.locator('main article').count()) >= 3)
  await shot(page, 'rankers')
})

test('nothing complained, and nobody else was asked', () => {
  assert.deepEqual(browser.problems, [])
})

test('what is not there is said in a sentence', async () => {
  await go('post/1-999-999')
  const notice = page.getByRole('alert')
  await notice.waitFor()
  assert.match(await notice.innerText(), /\w+ .*\./)
  await go('nonsense')
  await page.getByText('There is no such page').waitFor()
})

test('a node that does not answer is said, and tried again', async () => {
  await browser.context.setOffline(true)
  await go('runs')
  await page.getByText('The node does not answer.', { exact: false }).first().waitFor()
  await shot(page, 'offline')
  await browser.context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.locator('main ol li').first().waitFor()
})

for (const colorScheme of ['light', 'dark']) {
  test(`a phone scrolls one way only, ${colorScheme}`, async () => {
    const small = await open({ ...phone, colorScheme })
    try {
      await small.page.goto(`${base}/`)
      await settled(small.page)
      const person = await small.page.evaluate(async () => {
        const { items } = await (await fetch('/api/v1/profiles?limit=100')).json()
        return items.toSorted((a, b) => b.following - a.following)[0].address
      })
      const run = await small.page.evaluate(async () => (await (await fetch('/api/v1/runs?limit=1')).json()).items[0].id)
      const post = (await order(small.page))[0]
      for (const [name, path] of [
        ['feed', ''], ['people', 'people'], ['rankers', 'rankers'], ['runs', 'runs'], ['run', `run/${run}`],
        ['post', `post/${post}`], ['plugin', 'plugins/hybrid'], ['audit', 'audit'], ['profile', `profile/${person}`], ['you', 'you'], ['preview', `?viewer=${person}`],
      ]) {
        await small.page.goto(`${base}/#/${path}`)
        await small.page.locator('main article, main li, main form').first().waitFor()
        if (name === 'preview') {
          await small.page.getByText('A public preview of what').waitFor()
          await settled(small.page)
        }
        assert.equal(await overflow(small.page), 0, `${name} is wider than the phone`)
        assert.equal(await clipped(small.page), 0, `${name} shows posts whose text is cut`)
        await shot(small.page, `phone-${colorScheme}-${name}`)
      }
      assert.deepEqual(small.problems, [])
    } finally {
      await small.close()
    }
  })
}
