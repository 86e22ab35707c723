import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** What people read, in the product and about it. ADRs are never edited, migrations never change, and reports of APIs repeat comments. */
const PLACES = ['plugins', 'packages', 'catalog', 'docs'];
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
const LEFT_OUT =
  /^(node_modules|dist|dist-types|coverage|migrations|adr|__testUtils__|report\.(api|sql)\.md)$/;
const READ = /\.(tsx?|mjs|cjs|js|md|ya?ml|snap)$/;
const TEST = /\.(test|spec)\.tsx?$/;
const COMMENT = /^\s*(\*|\/\*|\/\/).*$|\s\/\/ .*$/; // of programs; their readers are engineers

/** Words that no engineer would search for, and what to write in their place. */
const DIALECT: ReadonlyArray<[said: RegExp, write: string]> = [
  [/\bheard of\b/i, 'in contact, no contact, last contact'],
  [/\banew\b/i, 'again'],
  [/\bwhoever\b/i, 'who, anyone who, people who'],
  [/\bBring to\b/, 'Deploy to, Promote'],
  [/\bgo(es)? back to (another )?release\b/i, 'roll back to release'],
  [/\b(go|goes) back to the release before\b/i, 'roll back'],
  [/\bgiven up in\b/i, 'gives up in'],
  [/\bas it was applied\b/i, 'No drift'],
  [/\bends where it stands\b/i, 'Stop here'],
  [/\bWhat can be done now\b/, 'You can …'],
  [/\bOpen again\b/, 'Accept apps again'],
  [/\blabel \S+ is \S+, wanted\b/, 'Needs a prod cluster; this one is dev'],
  [/\bscores \d+ by\b/, 'Preferred: already runs here'],
  [/\b(required labels|tolerates taints)\b/, 'right labels, not reserved'],
  [/\bCannot read the version\b/, 'eu-1 does not answer'],
  [/\bgo to prod\b/, 'ready for Production'],
  [/\bif it stays\b/i, 'if it persists'],
  [/\btak(e|es|en|ing) up (the )?(blueprint|newest)\b/i, 'apply'],
  [/\bnothing new lands\b/i, 'nothing new is placed'],
  [/\bfall(s|ing)? silent\b/i, 'lose contact, stop reporting'],
  [/\b(is|are|of) none (that )?the\b/, 'is not one of the'],
  [/\bput right\b/, 'reverted, corrected'],
  [/\b[Tt]oday's (agent|portal|files)\b/, 'the current …'],
];

it('is spoken nowhere', () => {
  const found = listFiles().flatMap(path =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        DIALECT.filter(([said]) => said.test(withoutComment(line, path))).map(
          ([said, write]) =>
            `${relative(ROOT, path)}:${index + 1} ${
              said.exec(line)?.[0]
            }: write ${write}`,
        ),
      ),
  );
  expect(found).toEqual([]);
});

it('is looked for where people read', () => {
  const files = listFiles().map(path => relative(ROOT, path));
  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'catalog/org.yaml',
      'docs/placement-and-rollout.md',
      'packages/cli/src/verbs/place.ts',
      'plugins/callboard/src/pages/AppPage/Attention.tsx',
    ]),
  );
});

function listFiles(): string[] {
  return [
    ...PAGES.map(page => join(ROOT, page)),
    ...PLACES.flatMap(place => listFolder(join(ROOT, place))),
  ].sort();
}

function listFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name.startsWith('.') || LEFT_OUT.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFolder(path);
    if (!entry.isFile() || TEST.test(entry.name)) return [];
    return READ.test(entry.name) ? [path] : [];
  });
}

function withoutComment(line: string, path: string): string {
  return /\.(md|ya?ml|snap)$/.test(path) ? line : line.replace(COMMENT, '');
}
