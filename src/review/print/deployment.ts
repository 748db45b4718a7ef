/** An explained deployment for a terminal. */
import type { DeploymentExplanation, PolicyExplanation, SuggestedChange } from '../explain-deployment.js'
import { printDiff } from './diff.js'
import { type Paint, plain } from './paint.js'

/** Lines for a person. */
export function printDeployment({ point, says, isCut, policy }: DeploymentExplanation, paint: Paint): readonly string[] {
  return [
    `${paint('error', 'refused')}: ${paint('title', plain(point ?? 'unknown request'))}`,
    ...says.map((sentence) => `  ${plain(sentence)}`),
    ...(isCut ? [`  ${paint('warning', 'The message was cut off before it got here; what is missing is not known.')}`] : []),
    ...(policy === undefined ? [] : policyLines(policy, paint)),
  ]
}

const VERDICTS: Readonly<Record<PolicyExplanation['verdict'], string>> = {
  refused: 'This policy refuses the request',
  allowed: 'This policy allows the request',
  unknown: 'Whether this policy refuses the request cannot be told',
}

function policyLines({ digest, verdict, differences, change, notes }: PolicyExplanation, paint: Paint): readonly string[] {
  return [
    '',
    `${paint('title', VERDICTS[verdict])}${paint('dim', `  (policy ${digest})`)}`,
    ...differences.map((line) => `  ${plain(line)}`),
    ...(change === undefined ? [] : ['', ...changeLines(change, paint)]),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `${paint('warning', 'note')}: ${plain(note)}`)]),
  ]
}

function changeLines({ jsonPatch, rego, effects, findings }: SuggestedChange, paint: Paint): readonly string[] {
  return [
    paint('title', 'The smallest change that allows it (tried)'),
    ...rego.flatMap((text) => text.split('\n').map((line) => `  ${plain(line)}`)),
    '',
    ...(jsonPatch.length === 0
      ? []
      : ['  as JSON Patch for the structured policy:', `  ${plain(JSON.stringify(jsonPatch))}`, '']),
    paint('title', 'What it does'),
    ...printDiff({ same: false, digests: { before: '', after: '' }, differences: effects }, paint).map((line) => `  ${line}`),
    ...findings.map(
      ({ severity, code, where, message }) => `  ${paint(severity, `${severity} ${code}`)}  ${plain(where)}: ${plain(message)}`,
    ),
    '',
    paint('dim', 'Change the policy only if what was asked is what you want to run; else correct the deployment.'),
  ]
}
