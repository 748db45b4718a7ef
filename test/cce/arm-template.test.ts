import { expect, test } from 'vitest'
import { policiesInTemplate } from '../../src/cce/arm-template.js'

test('policies are found wherever they stand, in document order', () => {
  const template = { resources: [{ properties: { ccePolicy: 'YQ==' } }, { 'a/b': [{ ccePolicy: '' }] }], ccePolicy: 5 }
  expect(policiesInTemplate(template)).toEqual([
    { pointer: '/resources/0/properties/ccePolicy', base64: 'YQ==' },
    { pointer: '/resources/1/a~1b/0/ccePolicy', base64: '' },
  ])
})

test('an object that holds itself is looked at once', () => {
  const template: Record<string, unknown> = { ccePolicy: 'YQ==' }
  template['again'] = template
  expect(policiesInTemplate(template)).toEqual([{ pointer: '/ccePolicy', base64: 'YQ==' }])
})
