import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const PRODUCT = /(?<!\.test|\.spec|\.stories)\.tsx?$/;
const LEFT_OUT = /^(node_modules|dist|dist-types|generated|__testUtils__)$/;
const ADDRESS =
  /\/v1\$\{|\/v1\/(apps|fleet|blueprints|clusters|audit|history|retention|journal|playground)\b/;

it('addresses of the API are written in its document, and sent to by three clients', () => {
  const found = ['plugins', 'packages']
    .flatMap(place => listFolder(join(ROOT, place)))
    .filter(path => ADDRESS.test(readFileSync(path, 'utf8')))
    .map(path => relative(ROOT, path))
    .sort();
  expect(found).toEqual([
    'packages/cli/src/portal/PortalClient.ts', // with a token of the environment, again while nothing answers
    'plugins/callboard-backend-module-playground/src/http/createPowerRouter.ts', // answers them
    'plugins/callboard-node/src/api/CallboardClient.ts', // for other backend plugins: with their token, or on behalf of a person
    'plugins/callboard-react/src/api/CallboardClient.ts', // with a person's token and words of what failed
  ]);
});

function listFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (LEFT_OUT.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFolder(path);
    return PRODUCT.test(entry.name) ? [path] : [];
  });
}
