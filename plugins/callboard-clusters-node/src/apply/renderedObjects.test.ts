import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { parseAllDocuments } from 'yaml';
import {
  type StartedApiServer,
  listApiServers,
} from '../__testUtils__/apiServers';
import { OPERATOR_KINDS } from '../__testUtils__/operatorKinds';
import { openConnection } from '../openConnection';

const RENDER = join(__dirname, '../../../callboard-core/src/render');
const FOLDERS = [
  '__fixtures__',
  'resources/builtIn/__fixtures__',
  '../addresses/__fixtures__',
];

/** Kinds of Gateway API and cert-manager, whose definitions a bare API server has not. */
const IS_CUSTOM = /^(gateway\.networking\.k8s\.io|cert-manager\.io)\//;

interface Golden {
  name: string;
  objects: KubeObject[];
  /** Whether its pods are held to "restricted". */
  isRestricted: boolean;
}

/** Everything the core renders, as its goldens hold it. */
const goldens: Golden[] = FOLDERS.flatMap(folder =>
  readdirSync(join(RENDER, folder))
    .filter(
      file => /\.output\b.*\.yaml$/.test(file) && !file.includes('.refused.'),
    )
    .map(file => ({
      name: file.replace(/\.yaml$/, ''),
      objects: parseAllDocuments(
        readFileSync(join(RENDER, folder, file), 'utf8'),
      )
        .map(document => document.toJS())
        .filter(each => each?.kind && !IS_CUSTOM.test(each.apiVersion)),
      isRestricted: !/\.renderer-1$|^pod-security-baseline/.test(
        file.replace(/\.yaml$/, ''),
      ),
    }))
    .filter(({ objects }) => objects.length > 0),
);

/** A server that has just started, on a machine that does much at once, is slow and not wrong. */
const PATIENCE = { deadlineMs: 50_000 };

const RUNNERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/** A pod as the cluster would make it of what runs a workload. */
function podOf({ kind, metadata, spec }: KubeObject): KubeObject[] {
  if (!RUNNERS.includes(kind) || !isRecord(spec)) return [];
  const { template } = (
    kind === 'CronJob' ? (spec.jobTemplate as { spec: object }).spec : spec
  ) as { template: Pick<KubeObject, 'metadata' | 'spec'> };
  const { name, namespace } = metadata;
  const { volumes = [] } = template.spec as { volumes?: object[] };
  const claims = (spec.volumeClaimTemplates ?? []) as KubeObject[];
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name, namespace },
      spec: {
        ...(template.spec as object),
        volumes: [
          ...volumes,
          ...claims.map(claim => ({
            name: claim.metadata.name,
            persistentVolumeClaim: {
              claimName: `${claim.metadata.name}-${name}-0`,
            },
          })),
        ],
      },
    },
  ];
}

for (const { kind, describeOn, start } of listApiServers().filter(
  each => each.kind !== 'simulated',
)) {
  describeOn(`what is rendered, on the ${kind} API server`, () => {
    let server: StartedApiServer;
    let connection: ClusterConnection;

    async function keep(object: KubeObject): Promise<void> {
      const applied = await connection.apply(object, PATIENCE);
      if (!applied.ok) throw new Error(applied.problem.why);
    }

    beforeAll(async () => {
      server = await start();
      connection = openConnection(server.cluster);
      for (const definition of OPERATOR_KINDS) await keep(definition);
      const all = goldens.flatMap(({ objects }) => objects);
      const namespaces = new Set(
        all.flatMap(({ metadata }) => metadata.namespace ?? []),
      );
      for (const namespace of namespaces) {
        await keep({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: {
            name: namespace,
            labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          },
        });
        // A pod is refused where its account is not there; no controller runs that makes the default one.
        await keep({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace },
        });
      }
      for (const object of all)
        if (object.kind === 'ServiceAccount') await keep(object);
    }, 70_000);
    afterAll(async () => {
      connection?.close();
      await server?.stop();
    });

    it.each(goldens)(
      'accepts $name, and its pods',
      async ({ objects, isRestricted }) => {
        const pods = isRestricted ? objects.flatMap(podOf) : [];
        const refused: string[] = [];
        for (const object of [...objects, ...pods]) {
          const answer = await connection.apply(object, {
            ...PATIENCE,
            dryRun: true,
          });
          if (!answer.ok)
            refused.push(
              `${object.kind} ${object.metadata.name}: ${answer.problem.why}`,
            );
        }
        expect(refused).toEqual([]);
      },
    );
  });
}
