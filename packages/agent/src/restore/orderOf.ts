import type { ObjectPlace } from '../desired/ObjectPlace';

const STAGES = [
  ['/namespaces', 'apiextensions.k8s.io/customresourcedefinitions'],
  [
    '/serviceaccounts',
    'rbac.authorization.k8s.io/roles',
    'rbac.authorization.k8s.io/clusterroles',
    'rbac.authorization.k8s.io/rolebindings',
    'rbac.authorization.k8s.io/clusterrolebindings',
    '/configmaps',
    '/secrets',
    '/resourcequotas',
    '/limitranges',
    'networking.k8s.io/networkpolicies',
  ],
];

/** Sort key by dependency: namespaces and definitions first, then what pods read and their permissions. */
export function orderOf({ key }: ObjectPlace): string {
  const type = key.split(' ')[0];
  const stage = STAGES.findIndex(each => each.includes(type));
  return `${stage === -1 ? STAGES.length : stage} ${key}`;
}
