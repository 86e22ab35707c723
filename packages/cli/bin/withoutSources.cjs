'use strict';

// Makes the package.json of this folder that of what is published: the bundles
// hold all that they need, so nothing is installed with them, and nothing is
// imported from them. `backstage-cli package prepack` keeps what it was before.

const { readFileSync, writeFileSync } = require('node:fs');

const PUBLISHED = [
  'name',
  'version',
  'description',
  'license',
  'engines',
  'files',
  'bin',
];

const source = JSON.parse(readFileSync('package.json', 'utf8'));
const published = {
  ...Object.fromEntries(PUBLISHED.map(field => [field, source[field]])),
  publishConfig: { access: source.publishConfig.access },
};
writeFileSync('package.json', `${JSON.stringify(published, undefined, 2)}\n`);
