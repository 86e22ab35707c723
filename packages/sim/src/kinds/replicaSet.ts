import type { KindStrategy } from '../registry/KindStrategy';
import { immutableSelector } from './deployment';
import {
  setTemplateDefaults,
  specOf,
  validateCount,
  validateSelectorAndTemplate,
} from './workloadTemplate';

export const replicaSetStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    specOf(object).replicas ??= 1;
    setTemplateDefaults(object);
  },
  prepareForCreate(object) {
    object.status = { replicas: 0 };
  },
  validate: object => [
    ...validateCount(object, 'replicas'),
    ...validateSelectorAndTemplate(object, { restartPolicies: ['Always'] }),
  ],
  validateUpdate: immutableSelector,
};
