/** Plans as they leave the compiler: what constants were is made step by step, and comes to the same. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { printPlan } from '../../src/ir/print.js'
import { MAX_CONSTANT_DEPTH, isNestedDeeper, publishPlan } from '../../src/ir/publish.js'
import { validatePlan } from '../../src/ir/validate.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'
import { arbitraryValue } from '../support/arbitrary-value.js'

const NOWHERE = { file: 0, row: 1, col: 2, end_row: 1, end_col: 3 }

/** A plan whose one result is an object with the value under `v`, made inside a block. */
function planOfConstant(value: RegoValue): IrPolicy {
  return {
    static: { strings: [{ value: 'v' }], builtin_funcs: [], files: [{ value: 'a.rego' }] },
    plans: {
      plans: [
        {
          name: 'p',
          blocks: [
            {
              stmts: [
                { type: 'MakeObjectStmt', stmt: { target: 3, ...NOWHERE } },
                {
                  type: 'BlockStmt',
                  stmt: {
                    blocks: [
                      {
                        stmts: [
                          { type: 'MakeConstantStmt', stmt: { value, target: 2, ...NOWHERE } },
                          {
                            type: 'ObjectInsertStmt',
                            stmt: { key: { type: 'string_index', value: 0 }, value: { type: 'local', value: 2 }, object: 3, ...NOWHERE },
                          },
                        ],
                      },
                    ],
                    ...NOWHERE,
                  },
                },
                { type: 'ResultSetAddStmt', stmt: { value: 3, ...NOWHERE } },
              ],
            },
          ],
        },
      ],
    },
    funcs: { funcs: [] },
  }
}

function answer(plan: IrPolicy): string {
  const options = { input: undefined, data: RegoObject.of([]), callBuiltin: () => undefined }
  return evaluatePlan(plan, 'p', options).map(writeValueText).join()
}

test('any value comes to the same', () => {
  fc.assert(
    fc.property(arbitraryValue, (value) => {
      const plan = planOfConstant(value)
      const published = publishPlan(plan)
      expect(validatePlan(published)).toEqual([])
      expect(answer(published)).toBe(`{"v": ${writeValueText(value)}}`)
      expect(answer(plan)).toBe(answer(published))
      expect(answer(JSON.parse(JSON.stringify(published)) as IrPolicy)).toBe(answer(published))
    }),
  )
})

test('the steps have locals of their own, and the place of the constant', () => {
  const published = publishPlan(planOfConstant(parseValueText('{"a":[1,1.0,"v",true,null,{2}]}')))
  expect(printPlan(published)).toBe(`plan p
  block
    %3 = object
    blocks
      block
        %2 = object
        %4 = array
        %5 = number 1
        append %5 to %4
        %6 = number 1.0
        append %6 to %4
        append "v" to %4
        append true to %4
        %7 = null
        append %7 to %4
        %8 = set
        %9 = number 2
        add %9 to %8
        append %8 to %4
        %2["a"] = %4
        %3["v"] = %2
    add %3 to results
`)
  expect(published.static.strings.map(({ value }) => value)).toEqual(['v', 'a', '1.0'])
  const [stmt] = published.plans.plans[0]?.blocks[0]?.stmts ?? []
  expect(stmt?.stmt).toMatchObject(NOWHERE)
})

test('a published plan stays as it is', () => {
  const published = publishPlan(planOfConstant(['x']))
  expect(publishPlan(published)).toBe(published)
})

test('a plan with a constant is none that may come from outside', () => {
  expect(validatePlan(planOfConstant(null))).toEqual([
    { where: '/plans/plans/0/blocks/0/stmts/1/stmt/blocks/0/stmts/0', message: 'value of tag "type" must be in oneOf' },
  ])
})

test('depth counts collections', () => {
  const nested = (levels: number): RegoValue => (levels === 0 ? 'x' : [nested(levels - 1)])
  expect(isNestedDeeper(nested(3), 3)).toBe(false)
  expect(isNestedDeeper(nested(3), 2)).toBe(true)
  expect(isNestedDeeper(parseValueText('{"a":{[{1}]}}'), 4)).toBe(false)
  expect(isNestedDeeper(parseValueText('{"a":{[{1}]}}'), 3)).toBe(true)
  expect(isNestedDeeper(parseValueText('1'), 0)).toBe(false)
  expect(MAX_CONSTANT_DEPTH).toBe(200)
})
