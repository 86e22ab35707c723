// Builders of the objects that a situation asks a real cluster for. Labels are Callboard's own.

const labelsOf = (workload, release = '1') => ({
  'app.kubernetes.io/managed-by': 'callboard',
  'callboard.dev/app': 'shop',
  'callboard.dev/environment': 'dev',
  'callboard.dev/workload': workload,
  'callboard.dev/release': release,
});

const selectorOf = workload => ({
  'callboard.dev/app': 'shop',
  'callboard.dev/environment': 'dev',
  'callboard.dev/workload': workload,
});

/** A container of the trial image; `say` is the word that tells it how to go. */
export function container(say = 'web', extra = {}) {
  return {
    name: 'main',
    image: 'REGISTRY/trial:1',
    args: say.split(' '),
    ...extra,
  };
}

/** A Deployment of one container, or of what `pod` says. */
export function deployment({
  name = 'web',
  replicas = 1,
  release,
  spec,
  ...rest
} = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: labelsOf(name, release) },
    spec: {
      replicas,
      selector: { matchLabels: selectorOf(name) },
      template: podTemplate(name, rest, release),
      ...spec,
    },
  };
}

/** A Job of one container. */
export function job({ name = 'migrate', spec, ...rest } = {}) {
  const template = podTemplate(name, rest);
  template.spec.restartPolicy = 'Never';
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: labelsOf(name) },
    spec: { backoffLimit: 1, template, ...spec },
  };
}

function podTemplate(name, { containers, one, initContainers, pod }, release) {
  return {
    metadata: { labels: labelsOf(name, release) },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      ...(initContainers && { initContainers }),
      containers: containers ?? [one ?? container()],
      ...pod,
    },
  };
}

/** A readiness, liveness or startup probe by HTTP that decides quickly. */
export function http(path, port = 8080, extra = {}) {
  return {
    httpGet: { path, port },
    periodSeconds: 1,
    failureThreshold: 2,
    timeoutSeconds: 1,
    ...extra,
  };
}

export function secret(name, stringData) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: labelsOf('web') },
    stringData,
  };
}

export function configMap(name, data) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: labelsOf('web') },
    data,
  };
}

export function pullSecret(name, registry, password) {
  const auths = { [registry]: { username: 'trial', password } };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString(
        'base64',
      ),
    },
  };
}
