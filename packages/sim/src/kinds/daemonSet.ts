import { ensureObject, equalJson, getPath } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { immutableSelector } from './deployment';
import {
  setTemplateDefaults,
  specOf,
  validateCount,
  validateSelectorAndTemplate,
} from './workloadTemplate';

/** Annotation that counts the changes of the template. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

export const daemonSetStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.revisionHistoryLimit ??= 10;
    object.metadata.annotations ??= {};
    object.metadata.annotations[TEMPLATE_GENERATION] ??= '1';
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
  prepareForUpdate(next, live) {
    const before = Number(live.metadata.annotations?.[TEMPLATE_GENERATION]);
    const isSame = equalJson(
      getPath(next, ['spec', 'template']),
      getPath(live, ['spec', 'template']),
    );
    next.metadata.annotations ??= {};
    next.metadata.annotations[TEMPLATE_GENERATION] = String(
      isSame ? before : before + 1,
    );
  },
  validate: object => [
    ...validateCount(object, 'minReadySeconds'),
    ...validateSelectorAndTemplate(object, { restartPolicies: ['Always'] }),
  ],
  validateUpdate: immutableSelector,
};
