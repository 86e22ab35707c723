import { ensureObject, type JsonObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';

const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespaceStrategy: KindStrategy = {
  setDefaults(object) {
    object.metadata.labels = {
      ...object.metadata.labels,
      [NAME_LABEL]: object.metadata.name,
    };
  },
  prepareForCreate(object) {
    ensureObject(object as JsonObject, 'spec').finalizers = ['kubernetes'];
    object.status = { phase: 'Active' };
  },
  prepareForUpdate(next, live) {
    next.spec = live.spec;
  },
};
