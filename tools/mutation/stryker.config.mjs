import { createRequire } from 'node:module';
import { join } from 'node:path';

// The Jest configuration of the package, made relative: Stryker runs in a copy.
const require = createRequire(join(process.cwd(), 'package.json'));
const { rootDir, ...jest } = await require('@backstage/cli/config/jest');

export default {
  plugins: [
    import.meta.resolve('@stryker-mutator/jest-runner').replace('file://', ''),
  ],
  testRunner: 'jest',
  mutate: process.env.MUTATE.split(','),
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  timeoutMS: 20_000,
  disableTypeChecks: true,
  // Mutants of what runs once at load are tried with every test: nine tenths of the time for a fifth of them.
  ignoreStatic: Boolean(process.env.IGNORE_STATIC),
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 90, low: 80, break: 80 },
  jest: {
    projectType: 'custom',
    config: { ...jest, rootDir: 'src' },
    enableFindRelatedTests: true,
  },
};
