/** Findings as SARIF 2.1.0, which code scanning services read. */
import { type LintFinding, lintCatalogue } from './lint.js'

export interface LintedFile {
  readonly file: string
  readonly findings: readonly LintFinding[]
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const

/** A SARIF log with one run. */
export function sarifOf(files: readonly LintedFile[]): object {
  const rules = lintCatalogue().map(({ code, severity, why, fix }) => ({
    id: code,
    shortDescription: { text: why },
    help: { text: fix },
    defaultConfiguration: { level: LEVELS[severity] },
  }))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cce policy lint', rules } },
        columnKind: 'unicodeCodePoints',
        results: files.flatMap(({ file, findings }) => findings.map((finding) => resultOf(file, finding))),
      },
    ],
  }
}

function resultOf(file: string, { code, severity, where, location, message }: LintFinding): object {
  const region =
    location === undefined
      ? {}
      : { region: { startLine: location.row, startColumn: location.col, endLine: location.endRow, endColumn: location.endCol } }
  return {
    ruleId: code,
    level: LEVELS[severity],
    message: { text: where === '' ? message : `${where}: ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file) }, ...region },
        ...(where === '' ? {} : { logicalLocations: [{ fullyQualifiedName: where }] }),
      },
    ],
  }
}
