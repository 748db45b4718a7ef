/**
 * The name section: what profilers and stack traces call the functions of a module. Left out unless asked for.
 */
import { writeU32 } from '../encoding/leb128.js'
import { type CustomSection, SECTION } from '../encoding/module.js'
import { ByteWriter } from '../encoding/writer.js'
import type { RuntimeImage } from './runtime-image.js'

/** Id of the subsection that names functions. */
const FUNCTIONS = 1

/** Names by function index; what the image exports keeps its name there. */
export function nameSection(added: ReadonlyMap<number, string>, image: RuntimeImage): CustomSection {
  const names = new Map<number, string>()
  for (const [name, { index }] of image.functions) names.set(index, name)
  for (const [index, name] of added) names.set(index, name)
  const content = new ByteWriter()
  writeU32(content, names.size)
  const encoder = new TextEncoder()
  for (const [index, name] of [...names].sort(([a], [b]) => a - b)) {
    const bytes = encoder.encode(name)
    writeU32(content, index)
    writeU32(content, bytes.length)
    content.bytes(bytes)
  }
  const section = new ByteWriter()
  section.u8(FUNCTIONS)
  writeU32(section, content.length)
  section.bytes(content.view())
  return { name: 'name', bytes: section.toBytes(), after: SECTION.data }
}
