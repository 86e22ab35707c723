'use strict';

// Makes the package.json of this folder that of what is published: the bundles
// hold all that they need, so nothing is installed with them, and nothing is
// imported from them. `backstage-cli package prepack` keeps what it was before.

const { readFileSync, writeFileSync } = require('node:fs');

const {
  name,
  version,
  description,
  license,
  engines,
  files,
  bin,
  publishConfig: { access },
} = JSON.parse(readFileSync('package.json', 'utf8'));
const published = {
  name,
  version,
  description,
  license,
  engines,
  files,
  bin,
  publishConfig: { access },
};
writeFileSync('package.json', `${JSON.stringify(published, undefined, 2)}\n`);
