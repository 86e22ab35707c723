import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { createCollector } from './collectTests.mjs';
import { createExpect } from './createExpect.mjs';
import { createLoader } from './createLoader.mjs';
import { limitRandomness } from './limitRandomness.mjs';

/** Stands between a test's file and its name: a test is found by both. */
const SEPARATOR = ' | ';

/**
 * Runs the tests of a pure package inside Stryker's own process. A mutant
 * costs what its tests cost, where Jest sets up a world for every file. Every
 * mutant gets the package loaded again, with the mutant active from the start,
 * so that it meets no state another left behind; random tests run few rounds
 * from a fixed seed, so that a figure can be had again.
 */
export class InProcessRunner {
  static inject = tokens(commonTokens.options);

  constructor({ inProcess }) {
    this.testGlobs = inProcess.tests;
    this.root = process.cwd();
    const requireFrom = createRequire(join(this.root, 'package.json'));
    const { expect, enter, leave } = createExpect(requireFrom);
    const { words, collect } = createCollector(requireFrom('jest-each').bind);
    this.enter = enter;
    this.leave = leave;
    this.collect = collect;
    this.loader = createLoader({
      root: this.root,
      globals: { ...words, expect },
      replace: (name, loaded) =>
        name === 'fast-check'
          ? limitRandomness(loaded.default, inProcess.randomRounds)
          : loaded,
    });
    this.took = new Map();
    this.stryker = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  /**
   * Each test by itself, on a package loaded again: what is made once and kept
   * counts for every test that needs it, not only for the first. Loading is
   * part of a test's time, or else it would be granted to every mutant in full.
   */
  async dryRun() {
    this.stryker.activeMutant = undefined;
    this.stryker.mutantCoverage = undefined;
    const tests = [];
    for (const file of this.listFiles()) {
      for (const id of this.load(file).keys()) {
        const started = performance.now();
        const result = this.runTest(this.load(file).get(id));
        tests.push({ ...result, timeSpentMs: performance.now() - started });
      }
    }
    return {
      status: DryRunStatus.Complete,
      tests,
      mutantCoverage: this.stryker.mutantCoverage,
    };
  }

  async mutantRun({ activeMutant, disableBail, hitLimit, testFilter }) {
    this.stryker.activeMutant = activeMutant.id;
    this.stryker.hitLimit = hitLimit;
    this.stryker.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      const tests = this.runUntilFailure(testFilter, disableBail);
      return toMutantRunResult(
        determineHitLimitReached(this.stryker.hitCount, hitLimit) ?? {
          status: DryRunStatus.Complete,
          tests,
        },
        disableBail,
      );
    } catch (error) {
      return toMutantRunResult({
        status: DryRunStatus.Error,
        errorMessage: String(error),
      });
    }
  }

  /** What took least so far first, and no more than needed. */
  runUntilFailure(testFilter, disableBail) {
    const loaded = new Map();
    if (testFilter === undefined)
      for (const file of this.listFiles()) loaded.set(file, this.load(file));
    const ids =
      testFilter ?? [...loaded.values()].flatMap(of => [...of.keys()]);
    const timeOf = id => this.took.get(id) ?? 0;
    const results = [];
    for (const id of [...ids].sort((a, b) => timeOf(a) - timeOf(b))) {
      const [file] = id.split(SEPARATOR, 1);
      if (!loaded.has(file)) loaded.set(file, this.load(file));
      const found = loaded.get(file).get(id);
      // A mutant may change the rows of a table: what is gone cannot judge.
      if (found === undefined) continue;
      const result = this.runTest(found);
      results.push(result);
      if (result.status === TestStatus.Failed && !disableBail) break;
    }
    return results;
  }

  listFiles() {
    return globSync(this.testGlobs, { cwd: this.root }).sort();
  }

  /** The tests of a file, by their id; they share what they load with no other file. */
  load(file) {
    this.loader.forget();
    const path = join(this.root, file);
    const found = this.collect(() => this.loader.load(path));
    const tests = new Map();
    for (const { name, body } of found) {
      const count = [...tests.values()].filter(test => test.name === name);
      const id = [file, name, ...count.map(() => 'again')].join(SEPARATOR);
      tests.set(id, { id, name, body, path });
    }
    return tests;
  }

  runTest({ id, name, body, path }) {
    this.enter(path, name, this.root);
    this.stryker.currentTestId = id;
    const started = performance.now();
    const failure = failureOf(body, this.leave);
    const timeSpentMs = performance.now() - started;
    this.stryker.currentTestId = undefined;
    this.took.set(id, timeSpentMs);
    return {
      id,
      name,
      timeSpentMs,
      fileName: path,
      ...(failure === undefined
        ? { status: TestStatus.Success }
        : { status: TestStatus.Failed, failureMessage: failure }),
    };
  }
}

function failureOf(body, leave) {
  try {
    const answer = body();
    leave();
    return typeof answer?.then === 'function'
      ? 'The test is asynchronous: measure it with Jest'
      : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
