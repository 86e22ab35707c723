import { mockCredentials } from '@backstage/backend-test-utils';
import {
  type Io,
  UsageError,
  directJudge,
  runCommand,
  nobody,
} from '@callboard/cli';
import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import { join } from 'node:path';
/* eslint-disable-next-line @backstage/no-relative-monorepo-imports */
import { TestPortal } from '../../../plugins/callboard-backend/src/__testUtils__/TestPortal';

const CATALOG = join(__dirname, '../../../catalog');
const IMAGE = `registry.example/shop@sha256:${'a'.repeat(64)}`;
const SCORE = `apiVersion: score.dev/v1b1
metadata:
  name: web
containers:
  web:
    image: .
    files:
      /etc/shop.conf: { source: shop.conf }
`;
const OWNER = 'user:default/ana';
const TOKEN = mockCredentials.user.header(OWNER).slice('Bearer '.length);
const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SHA: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
  GITHUB_REF_NAME: 'main',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'deploy',
};
const FILES = {
  'deploy/score.yaml': SCORE,
  'deploy/app.yaml':
    'apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: shop }\nspec: {}\n',
  'deploy/shop.conf': 'currency = EUR\n',
  'deploy/catalog-info.yaml': 'kind: Component\n',
};
const ALL = '-f deploy/score.yaml --app-file deploy/app.yaml';

jest.setTimeout(60_000);

/** The command line in a CI's job, in front of a portal that listens. */
describe('callboard release', () => {
  let portal: TestPortal;
  let url: string;
  /** Requests that were sent, and how often the line broke before one arrived. */
  let asked: string[];
  let breaks: number;

  beforeEach(() => {
    asked = [];
    breaks = 0;
  });

  async function run(
    line: string,
    {
      env = {},
      files = FILES,
    }: { env?: Record<string, string>; files?: Record<string, string> } = {},
  ) {
    const out: string[] = [];
    const err: string[] = [];
    const variables: Record<string, string> = {
      CALLBOARD_TOKEN: TOKEN,
      CALLBOARD_PORTAL: url,
      ...GITHUB,
      ...env,
    };
    const io: Io = {
      readText(path) {
        if (!(path in files)) throw new UsageError(`Cannot read ${path}`);
        return files[path as keyof typeof files];
      },
      readBytes(path) {
        const bytes = Buffer.from(io.readText(path));
        return { bytes, size: bytes.byteLength };
      },
      hasFile: path => path in files,
      writeNew: () => false,
      openTree: () => {
        throw new UsageError('There is no folder');
      },
      startJudge: () => directJudge,
      out: text => void out.push(text),
      err: text => void err.push(text),
      now: () => new Date(),
      env: name => variables[name] || undefined,
      async ask(address, request) {
        const answer = await fetch(address, request);
        asked.push(`${request.method} ${new URL(address).pathname}`);
        if (breaks-- > 0) throw new TypeError('fetch failed');
        return answer;
      },
      pause: async () => {},
      newId: () => 'an-id',
      ...nobody,
    };
    const code = await runCommand(`release ${line}`.split(' '), io);
    return { code, out, err: err.join('\n') };
  }

  describe('where all is well', () => {
    beforeAll(async () => {
      portal = await TestPortal.start();
      url = portal.url;
    });
    afterAll(() => portal.stop());

    it('sends files and images, and tells what git push tells', async () => {
      const { code, out, err } = await run(
        `--app shop --owner ${OWNER} ${ALL} --image web=${IMAGE}`,
      );
      expect({ code, out, err }).toEqual({
        code: 0,
        out: ['Healthy'],
        err: '',
      });
      expect(portal.controlPlane.checked.at(-1)).toMatchObject({
        app: 'shop',
        actor: OWNER,
        texts: {
          'score.yaml': SCORE,
          'app.yaml': FILES['deploy/app.yaml'],
        },
        paths: ['app.yaml', 'catalog-info.yaml', 'score.yaml', 'shop.conf'],
        elsewhere: {
          images: { web: IMAGE },
          origin: {
            commit: GITHUB.GITHUB_SHA,
            branch: 'main',
            builtBy: 'GitHub Actions',
            run: 'https://github.example/acme/shop/actions/runs/42/attempts/1',
            url: `https://github.example/acme/shop/commit/${GITHUB.GITHUB_SHA}`,
          },
        },
      });
    });

    it('is one release though the answer was lost on its way', async () => {
      await run(`--app once --owner ${OWNER} ${ALL} --image web=${IMAGE}`, {
        files: withName('once'),
      });
      breaks = 2;
      const { code, out } = await run(
        `--app once --owner ${OWNER} ${ALL} --image web=${IMAGE} --no-wait`,
        { files: withName('once'), env: { GITHUB_RUN_ID: '43' } },
      );
      expect([code, ...out]).toEqual([0, 'Release 2 of once was made']);
      expect(asked.slice(-3)).toEqual(
        Array(3).fill('POST /api/callboard/v1/apps/once/releases'),
      );
      expect(
        portal.controlPlane.recorded.filter(({ app }) => app === 'once'),
      ).toHaveLength(2);
    });

    it('ends with 1 when the release fails', async () => {
      portal.controlPlane.steps = [
        { line: 'Revision 1a2b3c4', kind: 'info' },
        { line: 'shop ends with exit code 3', kind: 'failed' },
      ];
      expect(
        await run(`--app shop ${ALL} --image web=${IMAGE} --output json`),
      ).toEqual({
        code: 1,
        out: [
          '{"number":2}',
          '{"kind":"info","line":"Revision 1a2b3c4"}',
          '{"kind":"failed","line":"shop ends with exit code 3"}',
        ],
        err: '',
      });
    });

    it.each<[string, string, Record<string, string>, RegExp]>([
      ['no portal', '--app x', { CALLBOARD_PORTAL: '' }, /--portal is missing/],
      ['no token', '--app x', { CALLBOARD_TOKEN: '' }, /CALLBOARD_TOKEN is mi/],
      [
        'a token of two lines',
        '--app x',
        { CALLBOARD_TOKEN: 'a\nb' },
        /line b/,
      ],
      [
        'an address with a password',
        '--app x --portal https://a:secret@b',
        {},
        /CALLBOARD_TOKEN/,
      ],
      ['no files', '--app x', {}, /which files\?/],
      [
        'no commit',
        `--app x ${ALL}`,
        { GITHUB_ACTIONS: '' },
        /which commit was built\?/,
      ],
      [
        'a server that is none',
        `--app x ${ALL} --portal http://127.0.0.1:1 --image web=${IMAGE}`,
        {},
        /Cannot reach http:\/\/127.0.0.1:1/,
      ],
      [
        'a token as an argument',
        '--app x --token cbt_secret',
        {},
        /token is not an option/,
      ],
    ])('ends with 2 for %s', async (_, line, env, says) => {
      const { code, out, err } = await run(line, { env });
      expect([code, out]).toEqual([2, []]);
      expect(err).toMatch(says);
      expect(err).not.toContain('secret@');
      expect(err).not.toContain(TOKEN);
    });

    it('finds what a push would refuse without asking the portal', async () => {
      const { code, err } = await run(
        `--app shop ${ALL} --image wbe=${IMAGE} --image web=shop:1`,
      );
      expect(code).toBe(1);
      expect(err).toContain('its image "shop:1" is not named by a digest');
      expect(err).toContain('Write "web"');
      expect(asked).toEqual([]);
    });
  });

  describe('where the portal refuses', () => {
    beforeAll(async () => {
      portal = await TestPortal.start({
        factory: { migrate: migrateStore, create: createControlPlane },
        config: { platform: [CATALOG] },
      });
      url = portal.url;
    });
    afterAll(() => portal.stop());

    it('lists every fault as check does', async () => {
      const files = {
        ...FILES,
        'deploy/score.yaml': `${SCORE}resources:
  one: { type: mainframe }
  two: { type: abacus }
`,
      };
      const { code, err } = await run(
        `--app shop --owner ${OWNER} ${ALL} --image web=${IMAGE} --no-wait`,
        { files },
      );
      expect(code).toBe(1);
      expect(err).toMatch(/^score.yaml:10:.*error: .*mainframe/m);
      expect(err).toMatch(/^score.yaml:11:.*error: .*abacus/m);
      expect(err).toContain('1 file, 2 errors');
    });

    it('says what is wrong with the request itself', async () => {
      const line = `${ALL} --image web=${IMAGE} --no-wait`;
      const unknown = await run(`--app shop ${line}`);
      expect([unknown.code, unknown.out]).toEqual([1, []]);
      expect(unknown.err).toContain('Cannot find app "shop"');
      const created = await run(`--app shop --owner ${OWNER} ${line}`);
      expect([created.code, created.out.at(-1)]).toEqual([
        0,
        'Release 1 of shop was made',
      ]);
      const strange = await run(`--app shop --run javascript:alert(1) ${line}`);
      expect([strange.code, strange.err]).toEqual([
        1,
        expect.stringContaining('Cannot keep revision.run'),
      ]);
      const anonymous = await run(`--app shop ${line}`, {
        env: { CALLBOARD_TOKEN: 'cbt_unknown' },
      });
      expect(anonymous.code).toBe(1);
      expect(anonymous.err).not.toContain('cbt_unknown');
    });
  });
});

function withName(name: string) {
  return {
    ...FILES,
    'deploy/app.yaml': FILES['deploy/app.yaml'].replace('shop', name),
  };
}
