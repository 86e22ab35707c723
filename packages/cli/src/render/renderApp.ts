import {
  type ClusterFile,
  type KubeObject,
  type Result,
  isRecord,
  ok,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import {
  BUILT_IN_PROVISIONERS,
  compileProvisioners,
  overridesFor,
  planAddresses,
  renderRelease,
  replicasFor,
  traitsOf,
} from '@callboard/plugin-callboard-core';
import type { AppFiles } from './AppFiles';
import type { ChosenEnvironment } from './chooseEnvironment';
import type { Images } from './readImages';

export interface RenderQuestion {
  /** Name of the environment on labels; its settings are those of `environment`. */
  environmentName?: string;
  environment: ChosenEnvironment;
  /** Any cluster where omitted. */
  cluster?: ClusterFile;
  images: Images;
  release: number;
  renderer: number;
  /** Set when replicas are divided among clusters; otherwise the environment says how many. */
  replicas?: number;
}

/**
 * Renders the objects of an app on a cluster, with the functions of the portal;
 * sorted by kind and name, without the values of Secrets.
 */
export function renderApp(
  { name, appFile, workloads, mounted, platform }: AppFiles,
  question: RenderQuestion,
): Result<KubeObject[]> {
  const { environment, cluster, images, release, renderer } = question;
  const { labels = {} } = cluster?.metadata ?? {};
  const overrides = overridesFor(environment, labels);
  const traits =
    cluster && traitsOf(cluster, filesOfKind(platform, 'Blueprint'));
  const addressed = cluster
    ? planAddresses(
        {
          app: name,
          environment: {
            ...environment,
            name: question.environmentName ?? environment.name,
          },
          workloads: workloads.map(({ workload }) => workload),
        },
        { file: cluster, traits: traits ?? {} },
      )
    : ok(undefined);
  if (!addressed.ok) return addressed;
  const rendered = renderRelease({
    app: name,
    environment: question.environmentName ?? environment.name,
    release,
    renderer,
    workloads: workloads.map(({ workload }) => workload),
    deploy: appFile?.spec.deploy,
    images,
    files: mounted,
    exposure: cluster?.spec.exposure ?? { type: 'ClusterIP' },
    replicas: question.replicas ?? replicasFor(environment, labels),
    ...(overrides && { overrides }),
    provisioners: [
      ...compileProvisioners(filesOfKind(platform, 'Provisioner')),
      ...BUILT_IN_PROVISIONERS,
    ],
    ...(traits && { cluster: traits }),
    ...(addressed.value && { addresses: addressed.value }),
  });
  if (!rendered.ok) return rendered;
  const { namespace, resources, addresses } = rendered.value;
  return ok(
    [
      namespace,
      ...(resources.secret ? [resources.secret] : []),
      ...[
        ...rendered.value.workloads,
        ...resources.resources,
        ...addresses,
      ].flatMap(({ objects }) => objects),
    ]
      .map(withoutSecrets)
      .sort(
        (a, b) =>
          compare(a.kind, b.kind) || compare(a.metadata.name, b.metadata.name),
      ),
  );
}

/** Keeps the keys and drops the values. */
function withoutSecrets(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [
      field,
      (field === 'data' || field === 'stringData') && isRecord(value)
        ? Object.fromEntries(Object.keys(value).map(key => [key, '']))
        : value,
    ]),
  ) as KubeObject;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
