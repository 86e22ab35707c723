import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { textAt } from '../fields';
import { verdict } from '../verdict';

/** Health of a Namespace: it is there, or it is going away. */
export function judgeNamespace(object: KubeObject): Health {
  return textAt(object, 'status', 'phase') === 'Terminating'
    ? verdict('Progressing', 'Deleting', 'It is being removed')
    : verdict('Healthy', 'Active', 'It is there');
}
