import type { FieldError } from '../errors';
import { internalError, invalid } from '../errors';
import { equalJson, getPath, type JsonObject, type SimObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import type { Registry } from '../registry/Registry';
import {
  duplicate,
  invalidValue,
  isPort,
  notSupported,
  objectsIn,
  required,
} from '../validation';
import { specOf } from './workloadTemplate';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

export const serviceStrategy: KindStrategy = {
  answersDeletionWithObject: true,
  setDefaults(object) {
    const spec = specOf(object);
    spec.sessionAffinity ??= 'None';
    spec.type ??= 'ClusterIP';
    for (const port of objectsIn(spec.ports)) {
      port.protocol ??= 'TCP';
      port.targetPort ||= port.port;
    }
    if (spec.type === 'ExternalName') return;
    spec.internalTrafficPolicy ??= 'Cluster';
    if (hasNodePorts(spec)) spec.externalTrafficPolicy ??= 'Cluster';
    if (spec.type === 'LoadBalancer')
      spec.allocateLoadBalancerNodePorts ??= true;
  },
  prepareForCreate(object) {
    object.status = { loadBalancer: {} };
  },
  prepareForUpdate(next, live) {
    const [spec, before] = [specOf(next), specOf(live)];
    if (spec.type === 'ExternalName') return;
    for (const field of [
      'clusterIP',
      'clusterIPs',
      'ipFamilies',
      'ipFamilyPolicy',
    ])
      spec[field] ??= before[field];
    keepNodePorts(spec, before);
    if (!hasNodePorts(spec)) delete spec.externalTrafficPolicy;
  },
  allocate(next, live, registry) {
    const spec = specOf(next);
    if (spec.type !== 'ExternalName') allocateAddress(spec, registry);
    allocateNodePorts(next, live, registry);
  },
  release(object, registry) {
    nodePortsOf(object).forEach(port =>
      registry.services.releaseNodePort(port),
    );
  },
  validate: object => {
    const spec = specOf(object);
    return [
      ...(TYPES.includes(String(spec.type))
        ? []
        : [notSupported('spec.type', spec.type, TYPES)]),
      ...validatePorts(objectsIn(spec.ports), spec),
      ...validateAffinity(spec),
    ];
  },
  validateUpdate(next, live) {
    const [address, before] = [
      getPath(next, ['spec', 'clusterIP']),
      getPath(live, ['spec', 'clusterIP']),
    ];
    if (
      address === before ||
      before === undefined ||
      getPath(next, ['spec', 'type']) === 'ExternalName'
    )
      return [];
    return [
      invalidValue(
        'spec.clusterIPs[0]',
        getPath(next, ['spec', 'clusterIPs']) ?? [address],
        'may not change once set',
      ),
    ];
  },
};

function nodePortsOf(object: SimObject): number[] {
  return objectsIn(getPath(object, ['spec', 'ports'])).flatMap(({ nodePort }) =>
    typeof nodePort === 'number' ? [nodePort] : [],
  );
}

function hasNodePorts({ type }: JsonObject): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

function allocateAddress(spec: JsonObject, { services }: Registry): void {
  spec.clusterIP ??= services.allocateClusterIp();
  spec.clusterIPs ??= [spec.clusterIP];
  spec.ipFamilies ??= ['IPv4'];
  spec.ipFamilyPolicy ??= 'SingleStack';
}

/** A port written without a node port keeps the one it had. */
function keepNodePorts(spec: JsonObject, before: JsonObject): void {
  if (!hasNodePorts(spec)) return;
  for (const port of objectsIn(spec.ports)) {
    const same = objectsIn(before.ports).find(
      other => other.port === port.port && other.protocol === port.protocol,
    );
    if (same?.nodePort !== undefined) port.nodePort ??= same.nodePort;
  }
}

function allocateNodePorts(
  next: SimObject,
  live: SimObject | undefined,
  { services }: Registry,
): void {
  const spec = specOf(next);
  const held = new Set(live === undefined ? [] : nodePortsOf(live));
  const id = `${next.metadata.namespace}/${next.metadata.name}`;
  objectsIn(spec.ports).forEach((port, i) => {
    if (!hasNodePorts(spec)) delete port.nodePort;
    else if (typeof port.nodePort !== 'number' || !held.has(port.nodePort)) {
      port.nodePort = allocateNodePort(
        next,
        { id, index: i, wanted: port.nodePort as number | undefined },
        services,
      );
    }
  });
  const kept = new Set(nodePortsOf(next));
  held.forEach(port => {
    if (!kept.has(port)) services.releaseNodePort(port);
  });
}

function allocateNodePort(
  object: SimObject,
  {
    id,
    index,
    wanted,
  }: { id: string; index: number; wanted: number | undefined },
  services: Registry['services'],
): number {
  const [from, to] = services.nodePortRange;
  const isOutside = wanted !== undefined && (wanted < from || wanted > to);
  const port = isOutside ? undefined : services.allocateNodePort(id, wanted);
  if (port !== undefined) return port;
  if (wanted === undefined)
    throw internalError(
      `failed to allocate a nodePort: no port from ${from} to ${to} is free`,
    );
  const why = isOutside
    ? `provided port is not in the valid range. The range of valid ports is ${from}-${to}`
    : 'provided port is already allocated';
  throw invalid({ group: '', kind: 'Service' }, object.metadata.name, [
    invalidValue(`spec.ports[${index}].nodePort`, wanted, why),
  ]);
}

function validatePorts(
  ports: readonly JsonObject[],
  spec: JsonObject,
): FieldError[] {
  if (ports.length === 0) {
    return spec.type === 'ExternalName' || spec.clusterIP === 'None'
      ? []
      : [required('spec.ports')];
  }
  const names = new Set<unknown>();
  const seen: JsonObject[] = [];
  return ports.flatMap((port, i) => {
    const at = `spec.ports[${i}]`;
    const errors: FieldError[] = [];
    if (!port.name && ports.length > 1) errors.push(required(`${at}.name`));
    if (port.name && names.has(port.name))
      errors.push(duplicate(`${at}.name`, port.name));
    names.add(port.name);
    if (!isPort(port.port))
      errors.push(
        invalidValue(
          `${at}.port`,
          port.port ?? 0,
          'must be between 1 and 65535, inclusive',
        ),
      );
    if (typeof port.targetPort === 'number' && !isPort(port.targetPort)) {
      errors.push(
        invalidValue(
          `${at}.targetPort`,
          port.targetPort,
          'must be between 1 and 65535, inclusive',
        ),
      );
    }
    const key = { protocol: port.protocol, port: port.port };
    if (seen.some(other => equalJson(other, key)))
      errors.push(
        duplicate(at, {
          Name: '',
          Protocol: port.protocol,
          AppProtocol: null,
          Port: port.port,
          TargetPort: 0,
          NodePort: 0,
        }),
      );
    seen.push(key);
    return errors;
  });
}

function validateAffinity({ sessionAffinity }: JsonObject): FieldError[] {
  const affinities = ['ClientIP', 'None'];
  return affinities.includes(String(sessionAffinity))
    ? []
    : [notSupported('spec.sessionAffinity', sessionAffinity, affinities)];
}
