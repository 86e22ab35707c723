import { isJsonObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { invalidValue } from '../validation';
import { validateImmutable, validateKeys, validateSize } from './configMap';

export const secretStrategy: KindStrategy = {
  setDefaults(object) {
    object.type ??= 'Opaque';
    if (!isJsonObject(object.stringData)) return;
    const encoded = Object.entries(object.stringData).map(([key, text]) => [
      key,
      Buffer.from(String(text)).toString('base64'),
    ]);
    object.data = {
      ...(isJsonObject(object.data) ? object.data : {}),
      ...Object.fromEntries(encoded),
    };
    delete object.stringData;
  },
  validate: object => [
    ...validateKeys(object, 'data'),
    ...validateSize(object),
  ],
  validateUpdate: (next, live) => [
    ...(next.type === live.type
      ? []
      : [invalidValue('type', next.type, 'field is immutable')]),
    ...validateImmutable(next, live, ['data']),
  ],
};
