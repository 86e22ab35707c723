import { renderAgentInstall, renderAgentUpgrade } from './renderAgentInstall';
import { type PolicyRule, renderAgentRules } from './renderAgentRules';

const listRules = (rules: PolicyRule[]) =>
  rules.map(
    ({ apiGroups: [group], resources: [resource], verbs, resourceNames }) =>
      `${group}/${resource} ${verbs.join(',')}${
        resourceNames ? ` of ${resourceNames.join()}` : ''
      }`,
  );

it('gives what apps need, and of secrets only those that Callboard itself makes', () => {
  expect(listRules(renderAgentRules([]))).toEqual([
    '/configmaps create,delete,get,list,patch,watch',
    '/events get,list,watch',
    '/namespaces create,delete,get,list,patch,watch',
    '/nodes get,list,watch',
    '/persistentvolumeclaims get,list,watch',
    '/pods get,list,watch',
    '/pods/log get',
    '/serviceaccounts create,delete,get,list,patch,watch',
    '/services create,delete,get,list,patch,watch',
    'apps/daemonsets create,delete,get,list,patch,watch',
    'apps/deployments create,delete,get,list,patch,watch',
    'apps/replicasets get,list,watch',
    'apps/statefulsets create,delete,get,list,patch,watch',
    'autoscaling/horizontalpodautoscalers create,delete,get,list,patch,watch',
    'batch/cronjobs create,delete,get,list,patch,watch',
    'batch/jobs create,delete,get,list,patch,watch',
    'metrics.k8s.io/pods list',
    'networking.k8s.io/ingresses create,delete,get,list,patch,watch',
    'networking.k8s.io/networkpolicies create,delete,get,list,patch,watch',
    'policy/poddisruptionbudgets create,delete,get,list,patch,watch',
    '/secrets create,delete,get,patch of callboard-registry,callboard-secrets,callboard-settings',
  ]);
});

it('adds what the blueprint is made of, and the rights that it hands out', () => {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'support' },
    rules: [
      {
        apiGroups: [''],
        resources: ['pods', 'secrets'],
        verbs: ['get', 'deletecollection'],
      },
    ],
  };
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'small' },
  };
  const more = listRules(renderAgentRules([role, quota])).filter(
    rule => !listRules(renderAgentRules([])).includes(rule),
  );
  expect(more).toEqual([
    '/pods deletecollection,get,list,watch',
    '/resourcequotas create,delete,get,list,patch,watch',
    '/secrets deletecollection,get',
    'rbac.authorization.k8s.io/roles create,delete,get,list,patch,watch',
  ]);
});

it('adds the kinds of which a blueprint lets resources of apps be made', () => {
  const define = (kind: string, scope: string) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind}s.example.com` },
    spec: { group: 'example.com', scope, names: { plural: `${kind}s` } },
  });
  const gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'main', namespace: 'ingress' },
  };
  const rules = listRules(
    renderAgentRules([
      define('queue', 'Namespaced'),
      define('zone', 'Cluster'),
      gateway,
    ]),
  );
  expect(rules).toContain(
    'example.com/queues create,delete,get,list,patch,watch',
  );
  expect(rules).toContain(
    'gateway.networking.k8s.io/httproutes create,delete,get,list,patch,watch',
  );
  expect(rules.join()).not.toContain('zones');
});

it('installs everything in an order that works, the token in a Secret and nowhere else', () => {
  const objects = renderAgentInstall({
    cluster: 'edge-1',
    hubUrl: 'wss://portal.example/api/callboard/agents/connect',
    hubKey: 'KEY',
    joinToken: 'once-only',
    image: 'registry.example/agent@sha256:0',
    blueprintObjects: [],
  });
  expect(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  ).toEqual([
    'Namespace callboard-agent',
    'ServiceAccount callboard-agent',
    'ClusterRole callboard-agent',
    'ClusterRoleBinding callboard-agent',
    'Role callboard-agent-own',
    'RoleBinding callboard-agent-own',
    'Secret callboard-agent-key',
    'Secret callboard-agent-state-journal',
    ...Array.from(
      { length: 8 },
      (_, i) => `Secret callboard-agent-state-desired-${i}`,
    ),
    'Secret callboard-agent-join',
    'Secret callboard-agent-pull',
    'Deployment callboard-agent',
  ]);
  const holders = objects.filter(object =>
    JSON.stringify(object).includes('once-only'),
  );
  expect(holders.map(({ metadata }) => metadata.name)).toEqual([
    'callboard-agent-join',
  ]);
});

it('takes no agent away before another is connected, on older installations too', () => {
  const install = renderAgentInstall({
    cluster: 'edge-1',
    hubUrl: 'wss://portal.example/api/callboard/agents/connect',
    hubKey: 'KEY',
    joinToken: 'once-only',
    image: 'registry.example/agent@sha256:0',
    blueprintObjects: [],
  }).at(-1);
  for (const deployment of [install, renderAgentUpgrade('agent@sha256:1')])
    expect(deployment?.spec).toMatchObject({
      minReadySeconds: 10,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
    });
  expect(install?.spec).toMatchObject({
    template: {
      spec: { readinessGates: [{ conditionType: 'callboard.dev/connected' }] },
    },
  });
});

describe('a way out that is not plain', () => {
  const install = (hubCa?: string) =>
    renderAgentInstall({
      cluster: 'edge-1',
      hubUrl: 'wss://portal.example/api/callboard/agents/connect',
      hubKey: 'KEY',
      ...(hubCa !== undefined && { hubCa }),
      joinToken: 'once-only',
      image: 'registry.example/agent@sha256:0',
      blueprintObjects: [],
    });

  it('takes a proxy from a Secret that the site makes, if it makes one', () => {
    expect(install().map(({ metadata }) => metadata.name)).not.toContain(
      'callboard-agent-proxy',
    );
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'])
      expect(JSON.stringify(install().at(-1))).toContain(
        JSON.stringify({
          name,
          valueFrom: {
            secretKeyRef: {
              name: 'callboard-agent-proxy',
              key: name,
              optional: true,
            },
          },
        }),
      );
  });

  it('brings the CA of the portal, where it has one of its own', () => {
    expect(JSON.stringify(install())).not.toContain('hub-ca');
    const objects = install('PEM');
    expect(objects.at(-2)).toMatchObject({
      kind: 'ConfigMap',
      metadata: { name: 'callboard-agent-hub-ca' },
      data: { 'ca.crt': 'PEM' },
    });
    expect(objects.at(-1)?.spec).toMatchObject({
      template: {
        spec: {
          containers: [
            {
              args: expect.arrayContaining([
                '--hub-ca=/etc/callboard/hub-ca/ca.crt',
              ]),
              volumeMounts: [
                { name: 'hub-ca', mountPath: '/etc/callboard/hub-ca' },
              ],
            },
          ],
          volumes: [
            { name: 'hub-ca', configMap: { name: 'callboard-agent-hub-ca' } },
          ],
        },
      },
    });
  });
});
