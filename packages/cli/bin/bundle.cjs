'use strict';

const { mkdirSync, mkdtempSync, renameSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** The programs, by the names of their bundles: all verbs, `check` alone, and the thread that judges files. */
const PROGRAMS = {
  judge: 'judge.ts',
  check: 'check.ts',
  callboard: 'index.ts',
};

/**
 * Bundles the sources into one file for each program and answers the folder:
 * `dist`, or one of its own where the checkout cannot be written. Written beside
 * and renamed, so that two callers at once never run half a file.
 */
function writeBundles(home, dist) {
  const { buildSync } = require('esbuild');
  const build = outdir =>
    buildSync({
      entryPoints: Object.fromEntries(
        Object.entries(PROGRAMS).map(([name, file]) => [
          name,
          join(home, 'src', file),
        ]),
      ),
      outdir,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'], // modules can be shaken: half of what is imported is not needed here
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: 'error',
    });
  try {
    mkdirSync(dist, { recursive: true });
    const beside = mkdtempSync(join(dist, '.new-'));
    try {
      build(beside);
      // The one whose age counts comes last.
      for (const name of Object.keys(PROGRAMS))
        renameSync(join(beside, `${name}.cjs`), join(dist, `${name}.cjs`));
    } finally {
      rmSync(beside, { recursive: true });
    }
    return dist;
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error && error.code))
      throw error;
    const elsewhere = mkdtempSync(join(tmpdir(), 'callboard-'));
    build(elsewhere);
    return elsewhere;
  }
}

module.exports = { writeBundles };
