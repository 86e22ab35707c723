import { ensureObject, equalJson, getPath, type SimObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { forbiddenField, invalidValue, notSupported } from '../validation';
import {
  setTemplateDefaults,
  specOf,
  templateWarnings,
  validateCount,
  validateSelectorAndTemplate,
} from './workloadTemplate';

export const deploymentStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    const strategy = ensureObject(spec, 'strategy');
    strategy.type ??= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      const rollingUpdate = ensureObject(strategy, 'rollingUpdate');
      rollingUpdate.maxSurge ??= '25%';
      rollingUpdate.maxUnavailable ??= '25%';
    }
    setTemplateDefaults(object);
  },
  warningsFor: object => templateWarnings(object),
  validate: object => [
    ...validateCount(object, 'replicas'),
    ...validateSelectorAndTemplate(object, { restartPolicies: ['Always'] }),
    ...validateStrategy(object),
    ...validateCount(object, 'minReadySeconds'),
    ...validateCount(object, 'progressDeadlineSeconds'),
    ...validateDeadline(object),
  ],
  validateUpdate: (next, live) => immutableSelector(next, live),
};

export function immutableSelector(next: SimObject, live: SimObject) {
  const selector = getPath(next, ['spec', 'selector']);
  if (equalJson(selector, getPath(live, ['spec', 'selector']))) return [];
  return [invalidValue('spec.selector', selector, 'field is immutable')];
}

function validateStrategy(object: SimObject) {
  const type = getPath(object, ['spec', 'strategy', 'type']);
  if (type === 'Recreate') {
    const hasRolling =
      getPath(object, ['spec', 'strategy', 'rollingUpdate']) !== undefined;
    return hasRolling
      ? [
          forbiddenField(
            'spec.strategy.rollingUpdate',
            "may not be specified when strategy `type` is 'Recreate'",
          ),
        ]
      : [];
  }
  if (type !== 'RollingUpdate')
    return [
      notSupported('spec.strategy', { Type: type, RollingUpdate: null }, [
        'Recreate',
        'RollingUpdate',
      ]),
    ];
  const surge = String(
    getPath(object, ['spec', 'strategy', 'rollingUpdate', 'maxSurge']),
  );
  const unavailable = getPath(object, [
    'spec',
    'strategy',
    'rollingUpdate',
    'maxUnavailable',
  ]);
  if (parseInt(surge, 10) === 0 && parseInt(String(unavailable), 10) === 0) {
    return [
      invalidValue(
        'spec.strategy.rollingUpdate.maxUnavailable',
        unavailable,
        'may not be 0 when `maxSurge` is 0',
      ),
    ];
  }
  return [];
}

function validateDeadline(object: SimObject) {
  const deadline = getPath(object, ['spec', 'progressDeadlineSeconds']);
  const minReady = getPath(object, ['spec', 'minReadySeconds']) ?? 0;
  if (typeof deadline !== 'number' || deadline > Number(minReady)) return [];
  return [
    invalidValue(
      'spec.progressDeadlineSeconds',
      deadline,
      'must be greater than minReadySeconds',
    ),
  ];
}
