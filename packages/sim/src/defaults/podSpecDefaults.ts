import {
  ensureObject,
  getPath,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../json';
import { objectsIn } from '../validation';

/**
 * Sets a pod spec's defaults as a server does, in templates and in pods.
 * Source: kubernetes pkg/apis/core/v1/defaults.go.
 */
export function setPodSpecDefaults(spec: JsonObject): void {
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.restartPolicy ??= 'Always';
  spec.schedulerName ??= 'default-scheduler';
  spec.terminationGracePeriodSeconds ??= 30;
  ensureObject(spec, 'securityContext');
  objectsIn(spec.containers).forEach(setContainerDefaults);
  objectsIn(spec.initContainers).forEach(setContainerDefaults);
  objectsIn(spec.volumes).forEach(setVolumeDefaults);
  syncAlias(spec, 'serviceAccountName', 'serviceAccount');
}

function syncAlias(spec: JsonObject, name: string, alias: string): void {
  const value = spec[name] ?? spec[alias];
  if (value === undefined) return;
  spec[name] = value;
  spec[alias] = value;
}

function setContainerDefaults(container: JsonObject): void {
  container.imagePullPolicy ??= isLatest(String(container.image ?? ''))
    ? 'Always'
    : 'IfNotPresent';
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  setResourceDefaults(ensureObject(container, 'resources'));
  objectsIn(container.ports).forEach(port => {
    port.protocol ??= 'TCP';
  });
  objectsIn(container.env).forEach(variable => {
    const fieldRef = getPath(variable, ['valueFrom', 'fieldRef']);
    if (isJsonObject(fieldRef)) fieldRef.apiVersion ??= 'v1';
  });
  ['livenessProbe', 'readinessProbe', 'startupProbe'].forEach(name =>
    setProbeDefaults(container[name]),
  );
  ['postStart', 'preStop'].forEach(name =>
    setHandlerDefaults(getPath(container, ['lifecycle', name])),
  );
}

function setResourceDefaults(resources: JsonObject): void {
  if (!isJsonObject(resources.limits)) return;
  const requests = ensureObject(resources, 'requests');
  for (const [name, limit] of Object.entries(resources.limits))
    requests[name] ??= limit;
}

function setProbeDefaults(probe: JsonValue | undefined): void {
  if (!isJsonObject(probe)) return;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  setHandlerDefaults(probe);
}

function setHandlerDefaults(handler: JsonValue | undefined): void {
  if (!isJsonObject(handler)) return;
  if (isJsonObject(handler.httpGet)) {
    handler.httpGet.path ??= '/';
    handler.httpGet.scheme ??= 'HTTP';
  }
  if (isJsonObject(handler.grpc)) handler.grpc.service ??= '';
}

const DEFAULT_MODE = 420; // 0644

function setVolumeDefaults(volume: JsonObject): void {
  for (const source of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    const value = volume[source];
    if (isJsonObject(value)) value.defaultMode ??= DEFAULT_MODE;
  }
  if (isJsonObject(volume.hostPath)) volume.hostPath.type ??= '';
  if (isJsonObject(volume.emptyDir) || Object.keys(volume).length > 1) return;
  volume.emptyDir = {};
}

/** No tag and no digest means `latest`. */
function isLatest(image: string): boolean {
  if (image.includes('@')) return false;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest';
}
