import { parseScore } from '@callboard/plugin-callboard-common';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse, stringify } from 'yaml';
import { CURRENT_RENDERER, renderResources, renderWorkload } from '../..';
import { BUILT_IN_PROVISIONERS } from '.';

/*
 * Each `*.input.yaml` says what a workload asks for, its service, and what holds on the cluster;
 * `*.output.yaml` beside it is what a cluster is given for it, and how the
 * `outputs` arrive in variables and whom it may call, or the problem where the name says `refused`.
 * UPDATE_GOLDENS=1 rewrites the outputs; review the diff.
 */
const FIXTURES = join(__dirname, '__fixtures__');
const INPUT = '.input.yaml';
const OUTPUTS = ['url', 'host', 'password'];
const EGRESS_OF_ALL = 2; // name resolution and the app's own namespace

function renderFixture(text: string): string {
  const { resources, service, outputs = OUTPUTS, ...settings } = parse(text);
  const variables = Object.keys(resources).flatMap(name =>
    outputs.map((output: string) => [
      `${name}_${output}`.toUpperCase(),
      `\${resources.${name}.${output}}`,
    ]),
  );
  const score = {
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: {
      main: { image: 'web:1', variables: Object.fromEntries(variables) },
    },
    ...(service && { service }),
    resources,
  };
  const parsed = parseScore(stringify(score), { file: 'score.yaml' });
  if (!parsed.ok) throw new Error(parsed.problem.why);
  const { workload } = parsed.value;
  const of = {
    app: 'shop',
    environment: 'prod',
    release: 7,
    provisioners: BUILT_IN_PROVISIONERS,
    ...settings,
  };
  const web = renderWorkload({
    ...of,
    renderer: CURRENT_RENDERER,
    workload,
    images: {},
    exposure: { type: 'ClusterIP' },
    replicas: 1,
    files: {},
  });
  if (!web.ok) return stringify({ problem: web.problem });
  const given = renderResources({ ...of, workloads: [workload] });
  if (!given.ok) return stringify({ problem: given.problem });
  const deployment: any = web.value.find(({ kind }) => kind === 'Deployment');
  const [{ env }] = deployment.spec.template.spec.containers;
  const policy: any = web.value.find(({ kind }) => kind === 'NetworkPolicy');
  const connections = policy.spec.egress.slice(EGRESS_OF_ALL);
  return [
    stringify({ env, ...(connections.length > 0 && { connections }) }),
    ...(given.value.secret ? [stringify(given.value.secret)] : []),
    ...given.value.resources.flatMap(({ objects }) =>
      objects.map(object => stringify(object)),
    ),
  ].join('---\n');
}

describe('built-in resources', () => {
  const inputs = readdirSync(FIXTURES).filter(name => name.endsWith(INPUT));

  it.each(inputs.map(name => name.slice(0, -INPUT.length)))('%s', name => {
    const rendered = renderFixture(
      readFileSync(join(FIXTURES, name + INPUT), 'utf8'),
    );
    const output = join(FIXTURES, `${name}.output.yaml`);
    if (process.env.UPDATE_GOLDENS) writeFileSync(output, rendered);
    expect(existsSync(output)).toBe(true);
    expect(rendered).toBe(readFileSync(output, 'utf8'));
    expect(rendered.startsWith('problem:')).toBe(name.endsWith('.refused'));
  });
});
