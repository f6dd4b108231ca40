// Checks that a model is registered: its weight commitment holds the 8-bit weights and
// 16-bit biases under the model's commitment.
import { sha256 } from '@noble/hashes/sha2.js'
import { R, readNumber } from './field'
import { groth16Holds, groth16Size, keySize, readKey } from './groth16'
import { checkShape, shapeBytes, weightsOf } from './layout'
import type { Shape } from './layout'
import { checkLink, linkSize, registered } from './registered'
import type { Registered } from './registered'

const utf8 = new TextEncoder()
const magic = utf8.encode('candor/registration/v1\0\0')
const keyMagic = utf8.encode('candor/vk-reg/v1')
const inputs = 4 // id, tag, alpha, value

/** A verifying key as the chain's table has it. */
export interface RegistrationKey {
  /** Whoever made a development key can forge. */
  development: boolean
  bytes: Uint8Array
}

/**
 * Checks a registration under a key that the caller trusts, and returns what run proofs of
 * this model are verified against. It throws one sentence where the registration does not hold.
 */
export function checkRegistration(b: Uint8Array, key: RegistrationKey): Registered {
  if (b.length < magic.length + 28 || !magic.every((v, i) => b[i] === v)) throw new Error('These bytes are no registration of version 1.')
  const shape = readShape(b, magic.length)
  let at = magic.length + shapeBytes(shape).length
  const sizes = [32, 32, 32, 32 * weightsOf(shape).rows, linkSize(shape), groth16Size]
  if (b.length !== at + sizes.reduce((sum, v) => sum + v)) throw new Error('The registration has another length than its shape asks for.')
  const [schema, id, keyHash, commitment, link, proof] = sizes.map((size) => b.slice(at, (at += size)))

  const named = hashKey(circuitOf(shape), key)
  if (!keyHash.every((v, i) => named[i] === v)) throw new Error('The registration was made under another key.')
  if (key.bytes.length !== keyMagic.length + keySize(inputs) || !keyMagic.every((v, i) => key.bytes[i] === v)) {
    throw new Error('These bytes are no key of a registration.')
  }
  if (readNumber(id, 0) >= R) throw new Error('The model’s commitment is not below the field’s modulus.')
  const model = registered(shape, id, commitment, schema)
  const { alpha, value } = checkLink(model, link)
  const publics = [readNumber(id, 0), modelTag(shape, schema), alpha, value]
  if (!groth16Holds(readKey(key.bytes, keyMagic.length, inputs), publics, proof, 0)) throw new Error('The registration’s proof does not hold.')
  return model
}

// The fourth number is 1 of two hidden layers only: of one, it is a shift.
function readShape(b: Uint8Array, at: number): Shape {
  const view = new DataView(b.buffer, b.byteOffset + at, 28)
  const numbers = Array.from({ length: 7 }, (_, i) => view.getUint32(4 * i))
  const layers = numbers[3] === 1 ? 2 : 1
  const shape = { inputs: numbers[0], hidden: numbers.slice(1, 1 + layers), shifts: numbers.slice(2 + layers, 2 + 2 * layers) }
  checkShape(shape)
  if (numbers[1 + layers] !== 1 || numbers[2 + 2 * layers] !== 127) throw new Error('A model has one output, and activations up to 127.')
  return shape
}

/** The name of the circuit that registers models of a shape. */
export function circuitOf({ inputs, hidden }: Shape): string {
  return `registration-${[inputs, ...hidden, 1].join('x')}/v1`
}

/** The hash under which the chain's table has a key. */
export function hashKey(circuit: string, { development, bytes }: RegistrationKey): Uint8Array {
  const length = new DataView(new ArrayBuffer(4))
  length.setUint32(0, circuit.length)
  const hash = sha256.create().update(utf8.encode('candor/key/v1')).update(new Uint8Array(length.buffer)).update(utf8.encode(circuit))
  return hash.update(Uint8Array.of(development ? 1 : 0)).update(bytes).digest()
}

/** The tag of a model's commitment, which binds its shape and what its features mean. */
export function modelTag(shape: Shape, schema: Uint8Array): bigint {
  const widths = [shape.inputs, ...shape.hidden, 1]
  const weights = widths.slice(1).reduce((sum, h, l) => sum + h * widths[l] + 2 * h, 0)
  const elements = new DataView(new ArrayBuffer(4))
  elements.setUint32(0, 1 + Math.ceil(weights / 31)) // the salt, then 31 bytes in each
  const hash = sha256.create().update(utf8.encode('candor/model/v1')).update(shapeBytes(shape)).update(schema)
  return readNumber(hash.update(new Uint8Array(elements.buffer)).digest(), 0) >> 8n
}
