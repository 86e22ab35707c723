import { cloneJson, ensureObject, getPath, type SimObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import {
  setTemplateDefaults,
  specOf,
  validateCount,
  validateSelectorAndTemplate,
} from './workloadTemplate';

/** Numbered pods, each with claims of its own. */
export const statefulSetStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.podManagementPolicy ??= 'OrderedReady';
    spec.persistentVolumeClaimRetentionPolicy ??= {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    };
    const strategy = ensureObject(spec, 'updateStrategy');
    strategy.type ??= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate')
      ensureObject(strategy, 'rollingUpdate').partition ??= 0;
    setTemplateDefaults(object);
  },
  prepareForCreate(object) {
    object.status = { availableReplicas: 0, replicas: 0 };
  },
  validate: object => [
    ...validateCount(object, 'replicas'),
    ...validateSelectorAndTemplate(withClaims(object), {
      restartPolicies: ['Always'],
    }),
  ],
};

/** Adds the claims as volumes that its pods may mount. */
function withClaims(object: SimObject): SimObject {
  const claims = getPath(object, ['spec', 'volumeClaimTemplates']);
  if (!Array.isArray(claims)) return object;
  const copy = cloneJson(object);
  const spec = ensureObject(ensureObject(specOf(copy), 'template'), 'spec');
  const volumes = Array.isArray(spec.volumes) ? spec.volumes : [];
  spec.volumes = [
    ...volumes,
    ...claims.map(claim => ({
      name: String(getPath(claim, ['metadata', 'name'])),
      emptyDir: {},
    })),
  ];
  return copy;
}
