import type { FieldError } from '../errors';
import {
  getPath,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../json';
import {
  duplicate,
  forbiddenField,
  invalidValue,
  notFoundField,
  notSupported,
  required,
} from './fieldErrors';
import { isDnsLabel } from './nameRules';

const PORT_RANGE = 'must be between 1 and 65535, inclusive';
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const ENV_NAME = /^[ -<>-~]+$/;

/** Validates a pod's spec as a server does; `field` is its path. */
export function validatePodSpec(spec: JsonObject, field: string): FieldError[] {
  const containers = objectsIn(spec.containers);
  const initContainers = objectsIn(spec.initContainers);
  const volumes = objectsIn(spec.volumes);
  const names = new Set(volumes.map(({ name }) => String(name)));
  return [
    ...validateVolumes(volumes, `${field}.volumes`),
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...validateContainers(containers, `${field}.containers`, names),
    ...validateContainers(initContainers, `${field}.initContainers`, names),
    ...validateRestartPolicy(spec.restartPolicy, field),
    ...validateGrace(spec.terminationGracePeriodSeconds, field),
  ];
}

function validateVolumes(
  volumes: readonly JsonObject[],
  field: string,
): FieldError[] {
  const seen = new Set<string>();
  return volumes.flatMap((volume, i) => {
    const at = `${field}[${i}]`;
    const name = String(volume.name ?? '');
    const errors: FieldError[] =
      name === ''
        ? [required(`${at}.name`)]
        : isDnsLabel(name).map(why => invalidValue(`${at}.name`, name, why));
    if (seen.has(name)) errors.push(duplicate(`${at}.name`, name));
    seen.add(name);
    if (Object.keys(volume).length < 2)
      errors.push(required(at, 'must specify a volume type'));
    return errors;
  });
}

function validateContainers(
  containers: readonly JsonObject[],
  field: string,
  volumes: ReadonlySet<string>,
): FieldError[] {
  const seen = new Set<string>();
  return containers.flatMap((container, i) => {
    const errors = validateContainer(container, `${field}[${i}]`, volumes);
    const name = String(container.name ?? '');
    if (name !== '' && seen.has(name))
      errors.push(duplicate(`${field}[${i}].name`, name));
    seen.add(name);
    return errors;
  });
}

function validateContainer(
  container: JsonObject,
  at: string,
  volumes: ReadonlySet<string>,
): FieldError[] {
  const { name, image, imagePullPolicy } = container;
  return [
    ...(!name
      ? [required(`${at}.name`)]
      : isDnsLabel(String(name)).map(why =>
          invalidValue(`${at}.name`, name, why),
        )),
    ...(!image ? [required(`${at}.image`)] : []),
    ...(typeof image === 'string' && image !== image.trim()
      ? [
          invalidValue(
            `${at}.image`,
            image,
            'must not have leading or trailing whitespace',
          ),
        ]
      : []),
    ...(imagePullPolicy === undefined ||
    PULL_POLICIES.includes(String(imagePullPolicy))
      ? []
      : [
          notSupported(`${at}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES),
        ]),
    ...objectsIn(container.ports).flatMap((port, i) =>
      validatePort(port, `${at}.ports[${i}]`),
    ),
    ...objectsIn(container.env).flatMap((variable, i) =>
      validateVariable(variable, `${at}.env[${i}]`),
    ),
    ...objectsIn(container.volumeMounts).flatMap((mount, i) =>
      validateMount(mount, `${at}.volumeMounts[${i}]`, volumes),
    ),
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe =>
      validateProbe(container[probe], `${at}.${probe}`, probe),
    ),
    ...validateResources(container.resources, `${at}.resources`),
  ];
}

function validatePort(
  { containerPort, protocol, name }: JsonObject,
  at: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (typeof name === 'string' && name.length > 15)
    errors.push(
      invalidValue(`${at}.name`, name, 'must be no more than 15 characters'),
    );
  if (!containerPort) errors.push(required(`${at}.containerPort`));
  else if (!isPort(containerPort))
    errors.push(invalidValue(`${at}.containerPort`, containerPort, PORT_RANGE));
  const protocols = ['SCTP', 'TCP', 'UDP'];
  if (protocol !== undefined && !protocols.includes(String(protocol)))
    errors.push(notSupported(`${at}.protocol`, protocol, protocols));
  return errors;
}

function validateVariable(
  { name, value, valueFrom }: JsonObject,
  at: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${at}.name`));
  else if (!ENV_NAME.test(String(name))) {
    errors.push(
      invalidValue(
        `${at}.name`,
        name,
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      ),
    );
  }
  if (isJsonObject(valueFrom)) {
    if (value !== undefined && value !== '')
      errors.push(
        invalidValue(
          `${at}.valueFrom`,
          '',
          'may not be specified when `value` is not empty',
        ),
      );
    if (Object.keys(valueFrom).length === 0) {
      errors.push(
        invalidValue(
          `${at}.valueFrom`,
          '',
          'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
        ),
      );
    }
  }
  return errors;
}

function validateMount(
  { name, mountPath }: JsonObject,
  at: string,
  volumes: ReadonlySet<string>,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${at}.name`));
  else if (!volumes.has(String(name)))
    errors.push(notFoundField(`${at}.name`, name));
  if (!mountPath) errors.push(required(`${at}.mountPath`));
  return errors;
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

function validateProbe(
  probe: JsonValue | undefined,
  at: string,
  kind: string,
): FieldError[] {
  if (!isJsonObject(probe)) return [];
  const errors: FieldError[] = [];
  const handlers = HANDLERS.filter(handler => probe[handler] !== undefined);
  if (handlers.length === 0)
    errors.push(required(at, 'must specify a handler type'));
  handlers.forEach((handler, i) => {
    const port = getPath(probe, [handler, 'port']);
    if (i > 0)
      errors.push(
        forbiddenField(
          `${at}.${handler}`,
          'may not specify more than 1 handler type',
        ),
      );
    else if (typeof port === 'number' && !isPort(port))
      errors.push(invalidValue(`${at}.${handler}.port`, port, PORT_RANGE));
  });
  for (const number of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ]) {
    const value = probe[number];
    if (typeof value === 'number' && value < 0)
      errors.push(
        invalidValue(
          `${at}.${number}`,
          value,
          'must be greater than or equal to 0',
        ),
      );
  }
  if (
    kind !== 'readinessProbe' &&
    probe.successThreshold !== undefined &&
    probe.successThreshold !== 1
  ) {
    errors.push(
      invalidValue(
        `${at}.successThreshold`,
        probe.successThreshold,
        'must be 1',
      ),
    );
  }
  return errors;
}

function validateResources(
  resources: JsonValue | undefined,
  at: string,
): FieldError[] {
  if (!isJsonObject(resources)) return [];
  const limits = isJsonObject(resources.limits) ? resources.limits : {};
  const requests = isJsonObject(resources.requests) ? resources.requests : {};
  return Object.entries(requests).flatMap(([resource, request]) => {
    const limit = limits[resource];
    if (limit === undefined || quantity(request) <= quantity(limit)) return [];
    return [
      invalidValue(
        `${at}.requests`,
        request,
        `must be less than or equal to ${resource} limit of ${String(limit)}`,
      ),
    ];
  });
}

function validateRestartPolicy(
  policy: JsonValue | undefined,
  field: string,
): FieldError[] {
  const policies = ['Always', 'OnFailure', 'Never'];
  return policies.includes(String(policy))
    ? []
    : [notSupported(`${field}.restartPolicy`, policy, policies)];
}

function validateGrace(
  seconds: JsonValue | undefined,
  field: string,
): FieldError[] {
  if (typeof seconds !== 'number' || seconds >= 0) return [];
  return [
    invalidValue(
      `${field}.terminationGracePeriodSeconds`,
      seconds,
      'must be greater than or equal to 0',
    ),
  ];
}

/** Returns warnings for accepted values that are probably mistakes. */
export function warningsForPodSpec(spec: JsonObject, field: string): string[] {
  return ['containers', 'initContainers'].flatMap(list =>
    objectsIn(spec[list]).flatMap((container, i) => {
      const ports = objectsIn(container.ports);
      const at = (index: number) => `${field}.${list}[${i}].ports[${index}]`;
      return ports.flatMap((port, j) => {
        const first = ports.findIndex(
          other =>
            other.containerPort === port.containerPort &&
            other.protocol === port.protocol,
        );
        return first < j
          ? [`${at(j)}: duplicate port definition with ${at(first)}`]
          : [];
      });
    }),
  );
}

export function isPort(value: unknown): boolean {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 1 &&
    value <= 65535
  );
}

export function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Parses a quantity as number: `500m` is 0.5, `1Gi` 1073741824. NaN for any other text. */
export function quantity(value: unknown): number {
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(
    String(value),
  );
  return match === null ? NaN : Number(match[1]) * (SUFFIXES[match[2]] ?? NaN);
}
