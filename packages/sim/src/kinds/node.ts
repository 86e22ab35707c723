import { ensureObject, type JsonObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';

export const nodeStrategy: KindStrategy = {
  setDefaults(object) {
    ensureObject(object as JsonObject, 'spec');
  },
};
