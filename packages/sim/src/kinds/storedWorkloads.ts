import { ensureObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import {
  setTemplateDefaults,
  specOf,
  validateCount,
  validateSelectorAndTemplate,
} from './workloadTemplate';

/** Kinds that are stored, defaulted and checked, but that no controller of the simulator acts on. */
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
    ...validateSelectorAndTemplate(object, { restartPolicies: ['Always'] }),
  ],
};

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
