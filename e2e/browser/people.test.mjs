// Two readers in two browsers: asking and approving, blocking, editing, pictures.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, desktop, gateway, open, overflow, phone, shot } from './browser.mjs'

const seconds = String(Date.now()).slice(-6)

// reader is a browser with a fresh key and a name.
async function reader(name, device) {
  const browser = await open(device)
  const { page } = browser
  await page.goto(`${base}/#/you`)
  const key = Array.from(crypto.getRandomValues(new Uint8Array(32)), (b) => b.toString(16).padStart(2, '0')).join('')
  await page.evaluate((k) => localStorage.setItem('candor.key', k), key)
  await page.reload()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Your profile is on the chain.').waitFor()
  const address = (await page.getByRole('link', { name: 'Your profile' }).getAttribute('href')).split('/').pop()
  return { ...browser, name, address, go: async (path) => { await page.goto(`${base}/#/${path}`); await page.reload() } }
}

let ada, bob
before(async () => {
  ada = await reader(`Ada ${seconds}`, desktop)
  bob = await reader(`Bob ${seconds}`, phone)
})
after(async () => {
  await ada?.close()
  await bob?.close()
})

test('who must be asked is asked, and answers', async () => {
  await ada.page.getByRole('radio', { name: /Whom you approve/ }).check()
  await ada.page.getByText('Who wants to follow you has to ask now.').waitFor()
  await bob.go(`profile/${ada.address}`)
  await bob.page.getByText('Approves who follows.').waitFor()
  await bob.page.getByRole('button', { name: 'Ask to follow' }).click()
  await bob.page.getByRole('button', { name: 'Requested' }).waitFor()
  await ada.go('you')
  await ada.page.getByRole('radio', { name: /Whom you approve/, checked: true }).waitFor()
  await ada.page.getByRole('heading', { name: 'Who asks to follow you' }).waitFor()
  await shot(ada.page, 'requests')
  await ada.page.getByRole('button', { name: `Approve ${bob.name}` }).click()
  await ada.page.getByText(`${bob.name} follows you now.`).waitFor()
  assert.equal(await ada.page.getByRole('heading', { name: 'Who asks to follow you' }).count(), 0)
  await bob.page.reload()
  await bob.page.getByRole('button', { name: 'Following', exact: true }).waitFor()
})

test('an edited post says its new text, and that it was edited', async () => {
  const { page } = ada
  const write = async (button, text) => {
    await button.click()
    await page.getByRole('dialog').getByRole('textbox').fill(text)
    await page.getByRole('dialog').getByRole('button', { name: /^(Post|Save)$/ }).click()
  }
  await write(page.getByRole('button', { name: 'Write' }).first(), 'Herons eat bread. #birds')
  await page.getByText('Your post is on the chain.').waitFor()
  await ada.go(`profile/${ada.address}`)
  const card = page.locator('article').first()
  await card.getByText('Herons eat bread.').waitFor()
  assert.equal(await card.getByText('edited', { exact: true }).count(), 0)
  await write(card.getByRole('button', { name: 'Edit this post' }), 'Herons eat fish. #herons')
  await page.getByText('Your post says so now.').waitFor()
  for (const again of [false, true]) {
    await card.getByText('Herons eat fish.').waitFor()
    await card.getByText('edited', { exact: true }).waitFor()
    assert.doesNotMatch(await card.innerText(), /bread|#birds/)
    if (!again) await page.reload()
  }
  await shot(page, 'edited')
})

test('a picture comes from the gateway, with its words', { skip: !process.env.CANDOR_PICTURE && 'CANDOR_PICTURE names no post' }, async () => {
  await bob.go(`post/${process.env.CANDOR_PICTURE}`)
  const picture = bob.page.getByRole('img', { name: 'A square, seen from above' })
  await picture.waitFor()
  await picture.evaluate((img) => img.decode())
  assert.ok((await picture.getAttribute('src')).startsWith(`${gateway}/ipfs/`))
  assert.ok((await picture.evaluate((img) => img.naturalWidth)) > 0, 'the picture is there')
  await bob.page.getByText('Words for a picture that is nowhere').waitFor()
  assert.equal(await overflow(bob.page), 0)
  await shot(bob.page, 'picture')
})

test('a block parts two people until it ends', async () => {
  await ada.go(`profile/${bob.address}`)
  await ada.page.getByRole('button', { name: 'Remove follower' }).waitFor()
  await shot(ada.page, 'profile')
  await ada.page.getByRole('button', { name: 'Block', exact: true }).click()
  await ada.page.getByText(`You block ${bob.name}:`, { exact: false }).waitFor()
  assert.ok(await ada.page.getByRole('button', { name: 'Follow', exact: true }).isDisabled())
  await shot(ada.page, 'blocked')
  await bob.go(`profile/${ada.address}`)
  await bob.page.getByText(`${ada.name} blocks you.`).waitFor()
  assert.ok(await bob.page.getByRole('button', { name: 'Ask to follow' }).isDisabled())
  assert.equal(await overflow(bob.page), 0)
  await shot(bob.page, 'blocks-you')
  await ada.page.getByRole('button', { name: 'Unblock' }).click()
  await ada.page.getByText(`You no longer block ${bob.name}.`).waitFor()
  await bob.page.reload()
  await bob.page.getByRole('button', { name: 'Ask to follow' }).waitFor()
  assert.ok(await bob.page.getByRole('button', { name: 'Ask to follow' }).isEnabled())
})

test('who hides from recommendation says so', async () => {
  await ada.go('you')
  await ada.page.getByRole('checkbox', { name: /followers only/ }).check()
  await ada.page.getByRole('button', { name: 'Publish' }).click()
  await ada.page.getByText('Your profile is on the chain.').waitFor()
  await bob.go(`profile/${ada.address}`)
  await bob.page.getByText('Feeds show these posts to followers only.').waitFor()
})

test('nothing was asked of strangers, nothing went wrong', () => {
  assert.deepEqual([...ada.problems, ...bob.problems].filter((p) => !/404.*\/ipfs\//.test(p)), [])
})
