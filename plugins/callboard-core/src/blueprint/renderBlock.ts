import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  describeInstant,
} from '@callboard/plugin-callboard-common';
import { sortKeys } from '../render/canonicalJson';
import type { ResolvedBlueprint } from './types';

/** Kinds by which a cluster itself refuses changes; built into Kubernetes since 1.30. */
export const ADMISSION_API = 'admissionregistration.k8s.io/v1';
export const ADMISSION_POLICY = 'ValidatingAdmissionPolicy';

/** Accounts that may change objects of a blueprint, beside Kubernetes itself and the add-ons. */
export interface BlockInput {
  cluster: string;
  /** Callboard's user name on the cluster: `system:serviceaccount:…` of an agent, or a user. */
  platformUser: string;
  /** While it holds, all changes are allowed. */
  exception?: { until: Date; createdBy: string };
}

/** Returns whether the inventory of a blueprint on a cluster contains the admission policy; by keys of objects. */
export function isBlockIn(
  inventory: Readonly<Record<string, unknown>>,
): boolean {
  return Object.keys(inventory).some(key =>
    key.startsWith(`${ADMISSION_API}/${ADMISSION_POLICY}Binding/`),
  );
}

/** The components of Kubernetes; administrators are not among them, though their names may begin alike. */
const IS_KUBERNETES = [
  "request.userInfo.username == 'system:apiserver'",
  "'system:serviceaccounts:kube-system' in variables.groups",
  [
    "request.userInfo.username.startsWith('system:')",
    "!request.userInfo.username.startsWith('system:serviceaccount:')",
    "!('system:masters' in variables.groups)",
    "!('system:unauthenticated' in variables.groups)",
  ].join(' && '),
]
  .map(each => `(${each})`)
  .join(' || ');

/**
 * Renders the admission policy by which a cluster refuses changes and deletions
 * of its blueprint's objects by others, and its binding. Accounts in the
 * namespaces that the blueprint creates belong to its add-ons, and are allowed.
 * While an exception holds, the binding warns and refuses nothing. Pure.
 */
export function renderBlock(
  { name, version, addons }: ResolvedBlueprint,
  { cluster, platformUser, exception }: BlockInput,
): KubeObject[] {
  const objects = addons.flatMap(addon => addon.objects);
  const addonGroups = objects
    .filter(
      ({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace',
    )
    .map(({ metadata }) => `system:serviceaccounts:${metadata.name}`)
    .sort();
  const metadata = {
    name: `callboard-blueprint-${name}`,
    labels: {
      [LABELS.managedBy]: FIELD_MANAGER,
      [LABELS.partOf]: name,
      [LABELS.blueprint]: name,
    },
  };
  const next = exception
    ? `It is let through until ${describeInstant(
        exception.until.toISOString(),
      )} by an exception of ${exception.createdBy}, and put back then`
    : `Change the blueprint and roll it out, or ask the platform team for an exception from ${name} for ${cluster}`;
  const policy = {
    apiVersion: ADMISSION_API,
    kind: ADMISSION_POLICY,
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        objectSelector: { matchLabels: { [LABELS.blueprint]: name } },
        resourceRules: [
          {
            apiGroups: ['*'],
            apiVersions: ['*'],
            operations: ['UPDATE', 'DELETE'],
            resources: ['*'],
            scope: '*',
          },
        ],
      },
      variables: [
        {
          name: 'groups',
          expression:
            'has(request.userInfo.groups) ? request.userInfo.groups : []',
        },
      ],
      validations: [
        {
          expression: [
            `request.userInfo.username == ${textOf(platformUser)}`,
            ...addonGroups.map(group => `${textOf(group)} in variables.groups`),
            IS_KUBERNETES,
          ].join(' || '),
          messageExpression: `request.kind.kind + ' "' + oldObject.metadata.name + ${textOf(
            `" belongs to version ${version} of the blueprint ${name}, and is not changed by hand. ${next}`,
          )}`,
          message: `It belongs to version ${version} of the blueprint ${name}, and is not changed by hand. ${next}`,
          reason: 'Forbidden',
        },
      ],
    },
  };
  const binding = {
    apiVersion: ADMISSION_API,
    kind: `${ADMISSION_POLICY}Binding`,
    metadata,
    spec: {
      policyName: metadata.name,
      validationActions: exception ? ['Audit', 'Warn'] : ['Deny'],
    },
  };
  return [policy, binding].map(sortKeys);
}

/** Formats a string literal of CEL. */
function textOf(text: string): string {
  return `'${text
    .replace(/\\/g, '\\\\')
    .replace(/'/g, "\\'")
    .replace(/\n/g, ' ')}'`;
}
