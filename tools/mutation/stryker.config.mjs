import { createRequire } from 'node:module';
import { join } from 'node:path';

// The Jest configuration of the package, made relative: Stryker runs in a copy.
const require = createRequire(join(process.cwd(), 'package.json'));
const { rootDir, ...jest } = await require('@backstage/cli/config/jest');

// Jest by default; `in-process` for a pure package: hundreds of times as fast.
const testRunner = process.env.RUNNER ?? 'jest';

export default {
  plugins: [
    import.meta.resolve('@stryker-mutator/jest-runner').replace('file://', ''),
    import.meta.resolve('./in-process/index.mjs').replace('file://', ''),
  ],
  testRunner,
  mutate: process.env.MUTATE.split(','),
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  timeoutMS: testRunner === 'jest' ? 20_000 : 3_000,
  disableTypeChecks: true,
  // Mutants of what runs once at load are tried with every test: nine tenths of the time for a fifth of them.
  ignoreStatic: Boolean(process.env.IGNORE_STATIC),
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: process.env.REPORT ?? '.stryker-tmp/report.json' },
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 90, low: 80, break: 80 },
  jest: {
    projectType: 'custom',
    config: { ...jest, rootDir: 'src' },
    enableFindRelatedTests: true,
  },
  inProcess: {
    tests: process.env.TESTS.split(',').filter(glob => !glob.startsWith('!')),
    randomRounds: Number(process.env.RANDOM_ROUNDS ?? 10),
  },
};
