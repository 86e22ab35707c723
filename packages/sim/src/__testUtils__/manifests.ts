const NAMESPACE = 'default';

export function deployment(
  name: string,
  spec: Record<string, unknown> = {},
  container: Record<string, unknown> = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'web:1', ...container }] },
      },
      ...spec,
    },
  };
}

export function claim(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  };
}

/** A deployment's spec with a claim for each pod. */
export function statefulSet(
  name: string,
  spec: Record<string, unknown> = {},
  container: Record<string, unknown> = {},
) {
  const { metadata, spec: claimed } = claim('data');
  return {
    ...deployment(
      name,
      {
        serviceName: name,
        volumeClaimTemplates: [
          { metadata: { name: metadata.name }, spec: claimed },
        ],
        ...spec,
      },
      {
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
        ...container,
      },
    ),
    kind: 'StatefulSet',
  };
}

export function job(
  name: string,
  spec: Record<string, unknown> = {},
  image = 'task:1',
) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      template: {
        spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] },
      },
      ...spec,
    },
  };
}

export function service(name: string, spec: Record<string, unknown> = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      type: 'NodePort',
      selector: { app: name },
      ports: [{ port: 80, targetPort: 8080 }],
      ...spec,
    },
  };
}

export function configMap(
  name: string,
  data: Record<string, string> = {},
  metadata: Record<string, unknown> = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: NAMESPACE, ...metadata },
    data,
  };
}

/** Runs every minute unless told otherwise. */
export function cronJob(
  name: string,
  spec: Record<string, unknown> = {},
  image = 'task:1',
  jobSpec: Record<string, unknown> = {},
) {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      schedule: '* * * * *',
      jobTemplate: {
        metadata: { labels: { part: name } },
        spec: job(name, jobSpec, image).spec,
      },
      ...spec,
    },
  };
}
