import { getPath } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { invalidValue } from '../validation';

export const eventStrategy: KindStrategy = {
  validate(object) {
    const about = getPath(object, ['involvedObject', 'namespace']) ?? 'default';
    if (about === '' || about === object.metadata.namespace) return [];
    return [
      invalidValue(
        'involvedObject.namespace',
        about,
        'does not match event.namespace',
      ),
    ];
  },
};
