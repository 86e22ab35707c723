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

/** Its pods may mount the claims as volumes. */
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

/** Stored, defaulted and checked, but no controller of the simulator acts on it. */
export const daemonSetStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.revisionHistoryLimit ??= 10;
    object.metadata.annotations ??= {};
    object.metadata.annotations['deprecated.daemonset.template.generation'] ??=
      '1';
    const strategy = ensureObject(spec, 'updateStrategy');
    strategy.type ??= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      const rollingUpdate = ensureObject(strategy, 'rollingUpdate');
      rollingUpdate.maxSurge ??= 0;
      rollingUpdate.maxUnavailable ??= 1;
    }
    setTemplateDefaults(object);
  },
  prepareForCreate(object) {
    object.status = {
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    };
  },
  validate: object =>
    validateSelectorAndTemplate(object, { restartPolicies: ['Always'] }),
};

/** As daemon sets: nothing acts on it. */
export const cronJobStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  },
};
