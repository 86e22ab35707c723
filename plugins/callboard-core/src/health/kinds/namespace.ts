import type { V1Namespace } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { readAs, textOf } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

/** Judges a Namespace: it exists, or it is terminating. */
export function judgeNamespace(object: KubeObject): Health {
  const namespace = readAs<V1Namespace>(object);
  return textOf(namespace.status?.phase) === 'Terminating'
    ? verdict('Progressing', 'Deleting', 'It is being removed')
    : verdict('Healthy', 'Active', 'It is there');
}
