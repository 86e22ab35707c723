import { isJsonObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { objectsIn } from '../validation';
import { specOf } from './workloadTemplate';

export const disruptionBudgetStrategy: KindStrategy = {
  hasGeneration: true,
  prepareForCreate(object) {
    object.status = {
      currentHealthy: 0,
      desiredHealthy: 0,
      disruptionsAllowed: 0,
      expectedPods: 0,
    };
  },
};

/** The maximum defaults the default limit; default limit and minimum default the default request. */
export const limitRangeStrategy: KindStrategy = {
  setDefaults(object) {
    for (const limit of objectsIn(specOf(object).limits).filter(
      ({ type }) => type === 'Container',
    )) {
      if (isJsonObject(limit.max))
        limit.default = {
          ...limit.max,
          ...(isJsonObject(limit.default) ? limit.default : {}),
        };
      const request = {
        ...(isJsonObject(limit.default) ? limit.default : {}),
        ...(isJsonObject(limit.min) ? limit.min : {}),
      };
      if (Object.keys(request).length > 0) {
        limit.defaultRequest = {
          ...request,
          ...(isJsonObject(limit.defaultRequest) ? limit.defaultRequest : {}),
        };
      }
    }
  },
};
