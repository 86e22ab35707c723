import { setPodSpecDefaults } from '../defaults';
import {
  cloneJson,
  equalJson,
  getPath,
  isJsonObject,
  type JsonObject,
  type SimObject,
} from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import type { Registry } from '../registry/Registry';
import {
  forbiddenField,
  objectsIn,
  validatePodSpec,
  warningsForPodSpec,
} from '../validation';
import { specOf } from './workloadTemplate';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_SECONDS = 3607;
const UNREACHABLE_SECONDS = 300;
const IMMUTABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export const podStrategy: KindStrategy = {
  hasGeneration: true,
  answersDeletionWithObject: true,
  setDefaults(object) {
    const spec = specOf(object);
    setPodSpecDefaults(spec);
    spec.enableServiceLinks ??= true;
  },
  prepareForCreate(object, registry) {
    admit(specOf(object), registry);
    object.status = { phase: 'Pending', qosClass: qosClassOf(specOf(object)) };
  },
  validate: object => validatePodSpec(specOf(object), 'spec'),
  warningsFor: object => warningsForPodSpec(specOf(object), 'spec'),
  validateUpdate(next, live) {
    return equalJson(fixedPart(next), fixedPart(live))
      ? []
      : [forbiddenField('spec', IMMUTABLE)];
  },
};

/** Sets what admission adds to every pod: service account, token volume, priority, tolerations of lost nodes. */
function admit(spec: JsonObject, { random }: Registry): void {
  spec.serviceAccountName ??= 'default';
  spec.serviceAccount = spec.serviceAccountName;
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  if (spec.automountServiceAccountToken !== false)
    mountToken(spec, `kube-api-access-${random.suffix(5)}`);
  spec.tolerations = [
    ...objectsIn(spec.tolerations),
    ...['not-ready', 'unreachable']
      .map(condition => `node.kubernetes.io/${condition}`)
      .filter(
        key =>
          !objectsIn(spec.tolerations).some(
            toleration => toleration.key === key,
          ),
      )
      .map(key => ({
        effect: 'NoExecute',
        key,
        operator: 'Exists',
        tolerationSeconds: UNREACHABLE_SECONDS,
      })),
  ];
}

function mountToken(spec: JsonObject, name: string): void {
  const containers = [
    ...objectsIn(spec.initContainers),
    ...objectsIn(spec.containers),
  ];
  for (const container of containers) {
    const mounts = objectsIn(container.volumeMounts);
    if (mounts.some(({ mountPath }) => mountPath === TOKEN_PATH)) continue;
    container.volumeMounts = [
      ...mounts,
      { mountPath: TOKEN_PATH, name, readOnly: true },
    ];
  }
  spec.volumes = [
    ...objectsIn(spec.volumes),
    {
      name,
      projected: {
        defaultMode: 420,
        sources: [
          {
            serviceAccountToken: {
              expirationSeconds: TOKEN_SECONDS,
              path: 'token',
            },
          },
          {
            configMap: {
              items: [{ key: 'ca.crt', path: 'ca.crt' }],
              name: 'kube-root-ca.crt',
            },
          },
          {
            downwardAPI: {
              items: [
                {
                  fieldRef: {
                    apiVersion: 'v1',
                    fieldPath: 'metadata.namespace',
                  },
                  path: 'namespace',
                },
              ],
            },
          },
        ],
      },
    },
  ];
}

/** Source: kubernetes pkg/apis/core/v1/helper/qos. */
function qosClassOf(spec: JsonObject): string {
  const containers = [
    ...objectsIn(spec.initContainers),
    ...objectsIn(spec.containers),
  ];
  const amounts = (container: JsonObject, part: string) => {
    const value = getPath(container, ['resources', part]);
    return isJsonObject(value) ? value : {};
  };
  if (
    containers.every(container =>
      [amounts(container, 'requests'), amounts(container, 'limits')].every(
        part => Object.keys(part).length === 0,
      ),
    )
  ) {
    return 'BestEffort';
  }
  const isGuaranteed = containers.every(container =>
    ['cpu', 'memory'].every(name => {
      const limit = amounts(container, 'limits')[name];
      return (
        limit !== undefined &&
        equalJson(limit, amounts(container, 'requests')[name] ?? limit)
      );
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

function fixedPart(object: SimObject): JsonObject {
  const spec = cloneJson(specOf(object));
  for (const container of [
    ...objectsIn(spec.containers),
    ...objectsIn(spec.initContainers),
  ])
    delete container.image;
  for (const field of ['activeDeadlineSeconds', 'tolerations', 'nodeName'])
    delete spec[field];
  return spec;
}
