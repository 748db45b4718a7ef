/** `docs/lint.md`, made from the catalogue of the linter and its examples. */
import { stringify } from 'yaml'
import { type LintCatalogueEntry, lintCatalogue, lintPolicy } from '../../src/review/lint.js'
import { LINT_SEVERITIES, type LintSeverity } from '../../src/review/lint/catalogue.js'
import { LINT_EXAMPLES } from './lint-examples.js'

const TITLES: Readonly<Record<LintSeverity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Notes' }

/** The whole page. */
export function lintPage(): string {
  const catalogue = lintCatalogue()
  const bySeverity = LINT_SEVERITIES.map((severity) => {
    const entries = catalogue
      .filter((entry) => entry.severity === severity)
      .sort((one, other) => (one.code < other.code ? -1 : 1))
    return `## ${TITLES[severity]}\n\n${entries.map(entryText).join('\n')}`
  })
  return `${INTRODUCTION}\n${bySeverity.join('\n')}`
}

const INTRODUCTION = `# What \`cce policy lint\` finds

Made by \`npm run docs:lint\` from the linter's catalogue; every example is run by the tests.

\`cce policy lint\` and \`lintPolicy\` look at what a policy states as constants: they find what leaves something open, what
is refused although it looks allowed, and what betrays a mistake. Rules of a policy's own are not judged (\`own-rule\`).
No decision depends on a finding.

- An **error** gives protection away, or makes the policy not work.
- A **warning** is rarely what was meant.
- A **note** is a choice that somebody should have made on purpose; \`cce policy lint\` shows notes with \`--min-severity info\`.

"Opens" says that the host, or a container, can do more because of it.

The examples are changes of the policy at the beginning of [semantics.md](semantics.md).
`

function entryText({ code, severity, opens, why, fix }: LintCatalogueEntry): string {
  const example = LINT_EXAMPLES.find((one) => one.code === code)
  const found =
    example === undefined
      ? undefined
      : lintPolicy(example.text, { load: code === 'does-not-load' }).find(
          (one) => one.code === code && one.where === example.finds,
        )
  return [
    `### \`${code}\``,
    '',
    `${severity}${opens ? ', opens' : ''}. ${why}`,
    '',
    '```yaml',
    stringify(example?.change, { lineWidth: 120, flowCollectionPadding: true, collectionStyle: 'any' }).trimEnd(),
    '```',
    '',
    `> ${found?.where === '' ? '' : `\`${found?.where ?? ''}\`: `}${found?.message ?? ''}`,
    '',
    `${fix}`,
    '',
  ].join('\n')
}
