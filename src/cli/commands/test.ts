/** `cce test`: runs the tests of Rego modules. */
import { InvalidArgumentError, Option } from 'commander'
import type { TestFlags } from '../actions/test.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { bundleOption, capabilitiesOption, duration, formatOption, ignoreOption, v0Option, wholeNumber } from '../options.js'

export const testCommand: CommandMaker = ({ io, run }) =>
  describeCommand('test', 'Run the tests of Rego modules: rules whose names begin with test_.', [
    { line: 'cce test policies', does: 'all tests below a directory' },
    { line: 'cce test policies --run allow --verbose', does: 'those with `allow` in their names, passed ones shown too' },
    { line: 'cce test policies --coverage --threshold 95', does: 'fail if less than 95 % is covered' },
    {
      line: 'cce test policies --coverage-format html --coverage-output coverage.html',
      does: 'a page that shows what is covered',
    },
    { line: 'cce test policies --format junit', does: 'for a build server' },
  ])
    .argument('[paths...]', 'modules, documents, and directories that hold them')
    .addOption(bundleOption())
    .option('-r, --run <pattern>', 'run tests whose names, as in data.policy_test.test_allow, match a regular expression')
    .option('-v, --verbose', 'show tests that pass, too, and what they print')
    .addOption(formatOption(['pretty', 'json', 'tap', 'junit']))
    .option('-c, --coverage', 'tell what the tests cover')
    .addOption(
      new Option('--coverage-format <format>', 'how to write coverage; implies --coverage').choices([
        'text',
        'json',
        'lcov',
        'html',
      ]),
    )
    .option('--coverage-output <file>', 'where to write coverage, in place of the standard output; implies --coverage')
    .option('--coverage-tests', 'count modules that end in _test.rego, too')
    .option('--threshold <percent>', 'fail if a smaller part of lines or expressions is covered; implies --coverage', percentage)
    .addOption(new Option('--timeout <time>', 'of one test, as in 500ms or 10s').argParser(duration).default(5000, '5s'))
    .option('--count <number>', 'run each test so many times', wholeNumber(1), 1)
    .option('-z, --exit-zero-on-skipped', 'skipped tests are no failure')
    .option('--fail-on-empty', 'having run no test is a failure')
    .option('-w, --watch', 'run again when a file changes')
    .option('-s, --schema <path>', 'JSON Schema of the input, or a directory of schemas for annotations')
    .addOption(capabilitiesOption())
    .option('-m, --max-errors <number>', 'show so many faults of modules; 0 for all', wholeNumber(0), 10)
    .addOption(ignoreOption())
    .addOption(v0Option())
    .action(
      run(async (paths: readonly string[], flags: TestFlags) =>
        (await import('../actions/test.js')).testFiles(paths, flags, io),
      ),
    )

function percentage(text: string): number {
  const number = Number(text)
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text) || number > 100) throw new InvalidArgumentError('It has to be a number from 0 to 100.')
  return number
}
