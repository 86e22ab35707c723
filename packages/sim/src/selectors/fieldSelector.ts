import type { ApiResource } from '../discovery';
import { badRequest } from '../errors';
import { getPath, type SimObject } from '../json';

/** Selectable fields, beside name and namespace. Source: the registries' `ToSelectableFields`. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  namespaces: ['status.phase'],
  nodes: ['spec.unschedulable'],
  secrets: ['type'],
  replicasets: ['status.replicas'],
  jobs: ['status.successful'],
  services: ['spec.clusterIP', 'spec.type'],
};

/** Parses `metadata.name=a,status.phase!=Running`; a field that is not selectable is 400. */
export function parseFieldSelector(
  text: string,
  resource: ApiResource,
): (object: SimObject) => boolean {
  const requirements = text.split(',').filter(part => part.trim() !== '');
  const matchers = requirements.map(requirement =>
    parseRequirement(requirement, resource),
  );
  return object => matchers.every(matches => matches(object));
}

function parseRequirement(
  requirement: string,
  resource: ApiResource,
): (object: SimObject) => boolean {
  const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(requirement.trim());
  if (match === null)
    throw badRequest(
      `invalid selector: '${requirement}'; can't understand '${requirement}'`,
    );
  const [, field, symbol, value] = match;
  const allowed = [
    'metadata.name',
    'metadata.namespace',
    ...(SELECTABLE[resource.resource] ?? []),
  ];
  if (!allowed.includes(field)) {
    throw badRequest(`field label not supported: ${field}`);
  }
  const isWanted = symbol !== '!=';
  return object => (textAt(object, field, resource) === value) === isWanted;
}

function textAt(
  object: SimObject,
  field: string,
  resource: ApiResource,
): string {
  if (resource.resource === 'events' && field === 'source')
    return String(getPath(object, ['source', 'component']) ?? '');
  const value = getPath(object, field.split('.'));
  if (
    value === undefined &&
    (field === 'spec.unschedulable' || field === 'spec.hostNetwork')
  )
    return 'false';
  return value === undefined || value === null ? '' : String(value);
}
