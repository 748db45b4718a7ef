/**
 * The reason document that the framework gives for a refusal.
 */
import { type RegoObject, RegoSet } from '../../src/value/value.js'
import { API } from './api-table.js'
import { FRAMEWORK_VERSION, type Question, frameworkVersion } from './question.js'
import { objectOf } from './rego.js'
import { compareVersions } from './versions.js'

export function reasonFor(point: string, question: Question): RegoObject {
  const rule = API.get(point)?.rule
  const version = frameworkVersion(question)
  const errors = [...(rule?.explain(question) ?? [])]
  if (version === null) errors.push(`framework_version is missing. Current version: ${FRAMEWORK_VERSION}`)
  if (compareVersions(version, FRAMEWORK_VERSION) === 1) {
    errors.push(`framework_version is ahead of the current version: ${String(version)} is greater than ${FRAMEWORK_VERSION}`)
  }
  return objectOf({ errors: RegoSet.of(errors), error_objects: rule?.show?.(question) ?? null })
}
