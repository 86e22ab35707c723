import type { FieldError } from '../errors';
import {
  ensureObject,
  equalJson,
  getPath,
  isJsonObject,
  type JsonValue,
  type SimObject,
} from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import {
  invalidValue,
  notSupported,
  required,
  validatePodSpec,
} from '../validation';
import { setTemplateDefaults, specOf, validateCount } from './workloadTemplate';

const UID_LABELS = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const NAME_LABELS = ['batch.kubernetes.io/job-name', 'job-name'];

export const jobStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
      spec.parallelism = 1;
    }
    spec.parallelism ??= 1;
    spec.backoffLimit ??= 6;
    spec.manualSelector ??= false;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.podReplacementPolicy ??= 'TerminatingOrFailed';
    setTemplateDefaults(object);
  },
  prepareForCreate(object) {
    const spec = specOf(object);
    if (spec.manualSelector === true) return;
    const labels = ensureObject(
      ensureObject(ensureObject(spec, 'template'), 'metadata'),
      'labels',
    );
    for (const label of UID_LABELS) labels[label] = object.metadata.uid;
    for (const label of NAME_LABELS) labels[label] = object.metadata.name;
    object.metadata.labels ??= labels as Record<string, string>;
    spec.selector = { matchLabels: { [UID_LABELS[0]]: object.metadata.uid } };
  },
  prepareForUpdate(next, live) {
    const spec = specOf(next);
    if (spec.selector === undefined)
      spec.selector = getPath(live, ['spec', 'selector']);
    const labels = getPath(live, ['spec', 'template', 'metadata', 'labels']);
    const template = ensureObject(spec, 'template');
    const own = ensureObject(ensureObject(template, 'metadata'), 'labels');
    for (const label of [...UID_LABELS, ...NAME_LABELS])
      own[label] ??= isJsonObject(labels) ? labels[label] : undefined;
  },
  validate: object => [
    ...[
      'parallelism',
      'completions',
      'activeDeadlineSeconds',
      'backoffLimit',
      'ttlSecondsAfterFinished',
    ].flatMap(field => validateCount(object, field)),
    ...validateTemplate(object),
  ],
  validateUpdate(next, live) {
    return ['completions', 'selector', 'template'].flatMap(field => {
      const value = getPath(next, ['spec', field]);
      return equalJson(value, getPath(live, ['spec', field]))
        ? []
        : [invalidValue(`spec.${field}`, value, 'field is immutable')];
    });
  },
};

function validateTemplate(object: SimObject): FieldError[] {
  const template = getPath(object, ['spec', 'template', 'spec']);
  return validateTaskPod(template, 'spec.template');
}

/** Validates a pod template that runs to completion: restartPolicy must not be Always. */
export function validateTaskPod(
  template: JsonValue | undefined,
  at: string,
): FieldError[] {
  if (!isJsonObject(template)) return [required(at)];
  const errors = validatePodSpec(template, `${at}.spec`);
  const policies = ['OnFailure', 'Never'];
  if (template.restartPolicy === 'Always') {
    return [
      ...errors,
      required(
        `${at}.spec.restartPolicy`,
        'valid values: "OnFailure", "Never"',
      ),
    ];
  }
  if (policies.includes(String(template.restartPolicy))) return errors;
  return [
    ...errors,
    notSupported(`${at}.spec.restartPolicy`, template.restartPolicy, policies),
  ];
}
