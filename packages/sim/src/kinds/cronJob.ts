import { ensureObject, getPath, type SimObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { notSupported, required } from '../validation';
import { validateTaskPod } from './job';
import { setTemplateDefaults, specOf, validateCount } from './workloadTemplate';

const POLICIES = ['Allow', 'Forbid', 'Replace'];

export const cronJobStrategy: KindStrategy = {
  hasGeneration: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    const jobTemplate = ensureObject(spec, 'jobTemplate');
    ensureObject(jobTemplate, 'metadata');
    setTemplateDefaults(jobTemplate as unknown as SimObject); // has a spec with a template, like an object
  },
  prepareForCreate(object) {
    object.status = {};
  },
  validate: object => {
    const { schedule, concurrencyPolicy } = specOf(object);
    return [
      ...(schedule ? [] : [required('spec.schedule')]),
      ...(POLICIES.includes(String(concurrencyPolicy))
        ? []
        : [
            notSupported('spec.concurrencyPolicy', concurrencyPolicy, POLICIES),
          ]),
      ...validateCount(object, 'startingDeadlineSeconds'),
      ...validateCount(object, 'successfulJobsHistoryLimit'),
      ...validateCount(object, 'failedJobsHistoryLimit'),
      ...validateTaskPod(
        getPath(object, ['spec', 'jobTemplate', 'spec', 'template', 'spec']),
        'spec.jobTemplate.spec.template',
      ),
    ];
  },
};
