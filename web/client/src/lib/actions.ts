// What the reader does: documents out, intents signed and sent, one after the other.
import { api } from './api'
import type { IntentResult, Policy, Post, Profile, Relation } from './api'
import { documentCID } from './cid'
import { hashtags, postDocument, profileDocument } from './document'
import type { Media } from './document'
import { sentence } from './format'
import { intentDigest, signDigest } from './intent'
import type { Intent, ReactionName } from './intent'
import { mark, setMark } from './marks.svelte'
import { store } from './store.svelte'

/** How long a relay may take to bring an intent to the chain, in seconds. */
const validFor = 3600

/** Whether the reader reacted so, and the count to show. */
export function reaction(post: Post, kind: ReactionName): { on: boolean; count: number } {
  const count = kind === 'like' ? post.likes : post.reposts
  const m = mark(`${kind}:${post.id}`)
  if (m?.base === undefined || m.base !== count) return { on: !!m?.on, count }
  return { on: m.on, count: Math.max(0, count + (m.on ? 1 : -1)) }
}

export const follows = (address: string): boolean => !!mark(`follow:${address.toLowerCase()}`)?.on

/** Likes, reposts, or takes it back; shown at once, undone when the node refuses. */
export async function toggleReaction(post: Post, kind: ReactionName) {
  if (needKey()) return
  const what = `${kind}:${post.id}`
  const before = mark(what)
  const on = !before?.on
  const count = kind === 'like' ? post.likes : post.reposts
  // Taking back a click that the count does not hold yet leads back to that count.
  setMark(what, before?.base === count && before.on !== on ? { on } : { on, base: count })
  try {
    await perform({ action: on ? 'react' : 'unreact', subject: { id: post.id, cid: post.cid }, reaction: kind })
  } catch (e) {
    setMark(what, before ?? { on: false })
    store.say(sentence(e), 'error')
  }
}

/** Follows or unfollows, or, where the person approves who follows, asks to; true when the chain has it. */
export async function toggleFollow({ address, policy }: Profile, name: string, on = !follows(address)): Promise<boolean> {
  if (needKey()) return false
  const what = `follow:${address.toLowerCase()}`
  setMark(what, { on })
  try {
    await perform({ action: on ? 'follow' : 'unfollow', target: address })
    store.say(!on ? `You no longer follow ${name}.` : policy === 'approval' ? `You asked to follow ${name}.` : `You follow ${name} now.`)
    void store.look()
    return true
  } catch (e) {
    setMark(what, { on: !on })
    store.say(sentence(e), 'error')
    return false
  }
}

/** Blocks someone, or ends the block; true when the chain has it. */
export async function setBlock(address: string, name: string, on: boolean): Promise<boolean> {
  const done = await settle({ action: on ? 'block' : 'unblock', target: address }, on ? `You block ${name} now.` : `You no longer block ${name}.`)
  if (done && on) setMark(`follow:${address.toLowerCase()}`, { on: false })
  return done
}

/** Says who may follow the reader from here on. */
export const setPolicy = (policy: Policy): Promise<boolean> =>
  settle({ action: policy }, { open: 'Anyone may follow you now.', approval: 'Who wants to follow you has to ask now.', closed: 'Nobody new can follow you now.' }[policy])

/** Lets someone follow who asked to. */
export const approve = (address: string, name: string): Promise<boolean> =>
  settle({ action: 'approve', target: address }, `${name} follows you now.`)

/** Turns down someone who asked to follow, or ends its follow. */
export const refuse = (address: string, name: string): Promise<boolean> =>
  settle({ action: 'refuse', target: address }, `${name} does not follow you.`)

async function settle(wish: Wish, said: string): Promise<boolean> {
  if (needKey()) return false
  try {
    await perform(wish)
    store.say(said)
    void store.look()
    return true
  } catch (e) {
    store.say(sentence(e), 'error')
    return false
  }
}

/** The relation to someone once the node's index shows the change, or as it is after a while. */
export async function relationOnce(address: string, there: (r: Relation) => boolean) {
  for (let tries = 0; ; tries++) {
    const page = await api.profile(address, { viewer: store.key?.address })
    if (!page.relation || there(page.relation) || tries === 6) return page
    await new Promise((resolve) => setTimeout(resolve, 150 * 2 ** tries))
  }
}

/** Replaces the text of the reader's own post; all else that it carries stays. */
export async function edit(post: Post, text: string) {
  const tags = [...new Set([...(post.tags ?? []).filter((t) => !hashtags(post.text).includes(t)), ...hashtags(text)])]
  const doc = postDocument({ ...post, text, tags })
  const cid = documentCID(doc)
  if (cid === post.cid) return
  await upload(doc, cid)
  const done = await perform({ action: 'edit', subject: { id: post.id, cid: post.cid }, cid })
  const now: Post = { ...post, text, tags, cid, edited: done.id ?? post.id }
  store.edits.set(post.id, now)
  store.mine = store.mine.map((p) => (p.id === post.id ? now : p))
  store.say('Your post says so now.')
  void store.look()
}

/** Publishes a post or a reply, with pictures that the node has; shown at once, taken back when it fails. */
export async function publish(text: string, parent?: Post, media?: Media[]): Promise<Post> {
  const author = store.key!.address
  const tags = hashtags(text)
  const doc = postDocument({ text, tags, media })
  const cid = documentCID(doc)
  const post: Post & { sending?: boolean } = {
    id: `sending-${Date.now()}`, cid, author, authorName: store.me?.name ?? '', imported: false,
    text, time: Math.floor(Date.now() / 1000), status: 'present', tags, media,
    parent: parent ? { id: parent.id, cid: parent.cid } : null,
    likes: 0, reposts: 0, replies: 0, quotes: 0, sending: true,
  }
  store.mine = [post, ...store.mine]
  try {
    await upload(doc, cid)
    const done = await perform({ action: 'post', cid, subject: post.parent ?? undefined })
    const settled: Post = { ...post, id: done.id ?? post.id }
    store.mine = store.mine.map((p) => (p.id === post.id ? { ...settled, sending: !done.id } : p))
    store.say(done.id ? (parent ? 'Your reply is on the chain.' : 'Your post is on the chain.') : 'Sent. The chain has not taken it yet.', 'info', done.id && `#/post/${done.id}`)
    void store.look()
    return settled
  } catch (e) {
    store.mine = store.mine.filter((p) => p.id !== post.id)
    throw e
  }
}

/** Withdraws the reader's own post. */
export async function withdraw(post: Post) {
  await perform({ action: 'remove', subject: { id: post.id, cid: post.cid } })
  store.withdrawn.add(post.id)
  store.mine = store.mine.filter((p) => p.id !== post.id)
  store.say('Your post is withdrawn.')
  void store.look()
}

/** Publishes the reader's name and description, and whether only followers shall read it. */
export async function publishProfile(displayName: string, description: string, hide = false) {
  const address = store.key!.address
  const doc = profileDocument({ displayName: displayName.trim(), description: description.trim(), hide })
  const cid = documentCID(doc)
  await upload(doc, cid)
  await perform({ action: 'profile', cid })
  const known = store.me
  store.me = {
    id: address, address, imported: false, followers: 0, following: 0, posts: 0,
    firstSeen: Math.floor(Date.now() / 1000), policy: 'open', ...known, name: displayName.trim(), description: description.trim(), cid,
    hideFromAlgorithmicRecommendations: hide,
  }
  store.learnNames([store.me])
}

/** Asks the reader to create a key when there is no key to sign with. */
function needKey(): boolean {
  if (store.key) return false
  store.draft = { keyOnly: true }
  return true
}

async function upload(doc: Uint8Array, cid: string) {
  const stored = await api.putBlock(doc)
  if (stored !== cid) throw new Error('The node stored something else than what you wrote, so nothing was published.')
}

type Wish = Omit<Intent, 'author' | 'nonce' | 'deadline' | 'time'>

let queue: Promise<unknown> = Promise.resolve()
let sent = { address: '', next: 0 }

// An author's intents are numbered without gaps: the next waits for the last.
function perform(wish: Wish): Promise<IntentResult> {
  const turn = queue.then(async () => {
    const first = await send(wish)
    // Another tab may have used the number meanwhile: once more with a fresh one.
    const done = first.state === 'refused' && /nonce/i.test(first.error ?? '') ? await send(wish, true) : first
    if (done.state === 'refused') throw new Error(done.error || 'The chain refused this. Reload the page and try again.')
    return done
  })
  queue = turn.catch(() => undefined)
  return turn
}

async function send(wish: Wish, again = false): Promise<IntentResult> {
  const key = store.key
  if (!key) throw new Error('There is no key in this browser. Create one first.')
  const [chain, { nonce: mined }] = await Promise.all([store.chainFacts(), api.nonce(key.address)])
  const nonce = sent.address === key.address && !again ? Math.max(mined, sent.next) : mined
  const time = Math.floor(Date.now() / 1000)
  const intent: Intent = { author: key.address, ...wish, nonce, time, deadline: time + validFor }
  const digest = intentDigest(intent, chain.chainId, chain.contracts.socialGraph)
  const result = await api.submit(intent, signDigest(digest, key.secret))
  // Only what still waits makes the chain's own count too low.
  sent = { address: key.address, next: result.state === 'pending' ? nonce + 1 : 0 }
  return result
}
