'use strict';

const { mkdirSync, mkdtempSync, renameSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

/**
 * Bundles the sources into one file and answers where it lies: at `bundle`, or
 * in a folder of its own where the checkout cannot be written. Written beside
 * and renamed, so that two callers at once never run half a file.
 */
function writeBundle(home, bundle) {
  const { buildSync } = require('esbuild');
  const build = outfile =>
    buildSync({
      entryPoints: [join(home, 'src', 'index.ts')],
      outfile,
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
    mkdirSync(dirname(bundle), { recursive: true });
    const beside = `${bundle}.${process.pid}`;
    build(beside);
    renameSync(beside, bundle);
    return bundle;
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error && error.code))
      throw error;
    const elsewhere = join(
      mkdtempSync(join(tmpdir(), 'callboard-')),
      'callboard.cjs',
    );
    build(elsewhere);
    return elsewhere;
  }
}

module.exports = { writeBundle };
