// Every changeset is one that `changeset version` takes: a misspelt package fails
// here and not on the day of a release.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from './lib/paths.mjs';

const CHANGESET = /^---\n([\s\S]*?)\n---\n+(\S[\s\S]*)$/;

const packages = new Set(
  ['packages', 'plugins'].flatMap(group =>
    readdirSync(join(root, group))
      .map(name => join(root, group, name, 'package.json'))
      .filter(path => existsSync(path))
      .map(path => JSON.parse(readFileSync(path, 'utf8')).name),
  ),
);

for (const name of readdirSync(join(root, '.changeset'))) {
  if (!name.endsWith('.md') || name === 'README.md') continue;
  test(name, () => {
    const text = readFileSync(join(root, '.changeset', name), 'utf8');
    const [, head] = CHANGESET.exec(text) ?? [];
    assert.ok(head, 'it says which packages change, and how');
    const bumps = Object.entries(parse(head));
    assert.ok(bumps.length > 0, 'it names a package');
    for (const [changed, bump] of bumps) {
      assert.ok(packages.has(changed), `there is no package ${changed}`);
      assert.ok(['patch', 'minor', 'major'].includes(bump), `bump ${bump}`);
    }
  });
}
