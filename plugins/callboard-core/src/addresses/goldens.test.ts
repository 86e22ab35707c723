import {
  type ClusterFile,
  parseScore,
} from '@callboard/plugin-callboard-common';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse, stringify } from 'yaml';
import { CURRENT_RENDERER, renderRelease } from '../render';
import { planAddresses } from '.';

/*
 * Each `*.input.yaml` is a document of what environment, cluster and app say of
 * addresses, and the workloads. `*.output.yaml` beside it is what a cluster is
 * given for them: Services, and what leads there. UPDATE_GOLDENS=1 rewrites them.
 */
const FIXTURES = join(__dirname, '__fixtures__');
const INPUT = '.input.yaml';

function renderFixture(text: string): string {
  const [head, ...scores] = text.split('---\n');
  const { environment, cluster, traits = {}, guardRails } = parse(head);
  const workloads = scores.map(score => {
    const parsed = parseScore(score, { file: 'score.yaml' });
    if (!parsed.ok) throw new Error(parsed.problem.why);
    return parsed.value.workload;
  });
  const file: ClusterFile = {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'eu-1' },
    spec: { ...(cluster && { addresses: cluster }) },
  };
  const plan = planAddresses(
    { app: 'shop', environment: { name: 'prod', ...environment }, workloads },
    { file, traits },
  );
  if (!plan.ok) return stringify({ problem: plan.problem });
  const rendered = renderRelease({
    app: 'shop',
    environment: 'prod',
    release: 1,
    renderer: CURRENT_RENDERER,
    workloads,
    images: {},
    files: {},
    replicas: 1,
    exposure: { type: 'ClusterIP' },
    ...(guardRails && { guardRails }),
    ...(plan.value && { addresses: plan.value }),
  });
  if (!rendered.ok) throw new Error(rendered.problem.why);
  return [
    ...rendered.value.workloads.flatMap(({ objects }) =>
      objects.filter(({ kind }) => kind === 'Service'),
    ),
    ...rendered.value.addresses.flatMap(({ objects }) => objects),
  ]
    .map(object => stringify(object))
    .join('---\n');
}

describe('addresses of an app on a cluster', () => {
  const inputs = readdirSync(FIXTURES).filter(name => name.endsWith(INPUT));

  it.each(inputs.map(name => name.slice(0, -INPUT.length)))('%s', name => {
    const text = renderFixture(
      readFileSync(join(FIXTURES, name + INPUT), 'utf8'),
    );
    const output = join(FIXTURES, `${name}.output.yaml`);
    if (process.env.UPDATE_GOLDENS) writeFileSync(output, text);
    expect(existsSync(output)).toBe(true);
    expect(text).toBe(readFileSync(output, 'utf8'));
    expect(text.startsWith('problem:')).toBe(name.endsWith('.refused'));
    expect(/Ingress|HTTPRoute|type: [LN]|problem/.test(text)).toBe(
      !name.endsWith('.nothing'),
    );
  });
});
