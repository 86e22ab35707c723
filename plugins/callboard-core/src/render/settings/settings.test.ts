import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScore } from '@callboard/plugin-callboard-common';
import { findRepository } from '../../__testUtils__/findRepository';
import { checkWorkloads } from '../checkWorkloads';
import { CURRENT_RENDERER } from '../renderers';
import { renderWorkload } from '../renderWorkload';
import { listNeededSettings } from './listNeededSettings';
import { settingsProvisioners } from './provisionSettings';
import { areSameSettings, resolveSettings } from './resolveSettings';
import type { SettingChange } from './types';

/** `3 prod A=secret`: change 3 makes A a secret in prod; `for all` without an environment. */
function changes(...texts: string[]): SettingChange[] {
  return texts.map(text => {
    const [, version, environment, name, kind, restores] =
      /^(\d+) (\S+) ([A-Z]+)=(\w+)(?: as (\d+))?$/.exec(text)!;
    return {
      version: Number(version),
      ...(environment !== 'all' && { environment }),
      name,
      kind: kind as SettingChange['kind'],
      ...(restores && { restores: Number(restores) }),
    };
  });
}

function inProd(texts: string[], upTo?: number): string {
  const settings = resolveSettings(changes(...texts), 'prod', upTo);
  if (!settings) return 'nothing';
  const all = [...settings.byName.values()].map(
    ({ name, kind, valueVersion, before }) =>
      `${name}.${valueVersion} ${kind}${
        before ? ` was ${before.version}` : ''
      }`,
  );
  return `${settings.version}: ${all.join(', ')}`;
}

describe('what is set in an environment', () => {
  it.each([
    { name: 'nothing', given: [], expected: 'nothing' },
    {
      name: 'what is set for all environments',
      given: ['1 all A=variable', '2 dev B=secret'],
      expected: '1: A.1 variable',
    },
    {
      name: 'its own before what is set for all, whichever came last',
      given: ['1 prod A=variable', '2 all A=variable'],
      expected: '1: A.1 variable',
    },
    {
      name: 'what is set for all again once its own is removed',
      given: ['1 all A=variable', '2 prod A=variable', '3 prod A=none'],
      expected: '3: A.1 variable',
    },
    {
      name: 'a secret with the one before it',
      given: ['1 all A=secret', '2 prod A=secret', '3 prod A=secret'],
      expected: '3: A.3 secret was 2',
    },
    {
      name: 'a variable that was a secret, without it',
      given: ['1 prod A=secret', '2 prod A=variable'],
      expected: '2: A.2 variable',
    },
    {
      name: 'the value of before where a change was taken back',
      given: ['1 prod A=secret', '2 prod A=secret', '3 prod A=secret as 1'],
      expected: '3: A.1 secret was 2',
    },
    {
      name: 'nothing more of what is gone',
      given: ['1 prod A=secret', '2 prod A=none'],
      expected: '2: ',
    },
  ])('is $name', ({ given, expected }) => {
    expect(inProd(given)).toBe(expected);
  });

  it('is told as of an earlier change, and is the same where a change was taken back', () => {
    const all = ['1 all A=secret', '2 prod A=secret', '3 prod A=secret as 1'];
    expect(inProd(all, 2)).toBe('2: A.2 secret was 1');
    const at = (upTo: number) => resolveSettings(changes(...all), 'prod', upTo);
    expect(areSameSettings(at(1), at(3))).toBe(true);
    expect(areSameSettings(at(2), at(3))).toBe(false);
    expect(areSameSettings(undefined, at(1))).toBe(false);
  });
});

const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: example.com/web:1
    variables:
      LEVEL: '\${resources.env.LOG_LEVEL} $\${resources.env.ESCAPED}'
      APP: \${resources.env.app}
    files:
      /etc/key: { content: '\${resources.vault.KEY}' }
      /etc/conf: { source: ./app.conf }
      /etc/raw: { source: raw.conf, noExpand: true }
resources:
  env: { type: environment }
  vault: { type: secret }
  data: { type: volume, params: { size: '\${resources.env.SIZE}' } }
`;

describe('what a release reads', () => {
  const parsed = parseScore(SCORE, { file: 'score.yaml' });
  if (!parsed.ok) throw new Error(parsed.problem.why);
  const { workload } = parsed.value;
  const files = {
    'app.conf': 'color = ${resources.env.COLOR}',
    'raw.conf': '${resources.env.RAW}',
  };

  it('is what its variables, files and params refer to', () => {
    expect(
      listNeededSettings({ workloads: [workload], files }, 'prod').map(
        ({ name, secret }) => `${name}${secret ? ' secret' : ''}`,
      ),
    ).toEqual(['COLOR', 'KEY secret', 'LOG_LEVEL', 'SIZE']);
  });

  it('may have any name at the push, but no fact that is not there', () => {
    const check = (level: string) =>
      checkWorkloads({
        app: 'shop',
        files,
        workloads: [
          {
            workload: {
              ...workload,
              resources: {
                env: { type: 'environment' },
                vault: { type: 'secret' },
              },
              containers: {
                main: {
                  ...workload.containers.main,
                  variables: { LEVEL: level },
                },
              },
            },
          },
        ],
      });
    expect(check('${resources.env.ANY_NAME}').ok).toBe(true);
    expect(check('${resources.env.nmae}')).toMatchObject({
      ok: false,
      problem: { code: 'placeholder-unknown' },
    });
  });
});

/** The example of docs/settings.md can be pushed as it stands. */
describe('docs/examples/settings', () => {
  const root = findRepository();
  const text = readFileSync(
    join(root, 'docs/examples/settings/score.yaml'),
    'utf8',
  );
  const parsed = parseScore(text, { file: 'score.yaml' });
  if (!parsed.ok) throw new Error(parsed.problem.why);
  const { workload } = parsed.value;

  it('reads what the page says, and refers to secrets by name and version', () => {
    expect(
      checkWorkloads({ app: 'shop', workloads: [parsed.value], files: {} }),
    ).toEqual({ ok: true, value: undefined });
    const inForce = resolveSettings(
      changes('3 all LICENCE=secret', '5 all PAYMENTKEY=secret'),
      'prod',
    )!;
    const byName = new Map([
      ...inForce.byName,
      [
        'PAYMENT_KEY',
        { ...inForce.byName.get('PAYMENTKEY')!, name: 'PAYMENT_KEY' },
      ],
    ]);
    const rendered = renderWorkload({
      app: 'shop',
      environment: 'prod',
      renderer: CURRENT_RENDERER,
      release: 1,
      workload,
      images: {},
      exposure: { type: 'ClusterIP' },
      replicas: 1,
      files: {},
      provisioners: settingsProvisioners({
        version: 5,
        byName,
        variables: { LOG_LEVEL: 'warn' },
      }),
    });
    if (!rendered.ok) throw new Error(rendered.problem.why);
    const objects = JSON.stringify(rendered.value);
    expect(objects).toContain('{"name":"LOG_LEVEL","value":"warn"}');
    expect(objects).toContain(
      '{"key":"PAYMENT_KEY.5","name":"callboard-settings"}',
    );
    expect(objects).toContain('"subPath":"LICENCE.3"');
    const page = readFileSync(join(root, 'docs/settings.md'), 'utf8');
    for (const { name } of listNeededSettings(
      { workloads: [workload] },
      'prod',
    ))
      expect(page).toContain(`.${name}}`);
  });
});
