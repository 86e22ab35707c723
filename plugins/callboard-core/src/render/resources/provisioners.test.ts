import { compileProvisioner } from './files/compileProvisioner';
import {
  type ProvisionerFile,
  parsePlatformFiles,
  parseScore,
} from '@callboard/plugin-callboard-common';
import { stringify } from 'yaml';
import {
  BUILT_IN_PROVISIONERS,
  CURRENT_RENDERER,
  type ClusterTraits,
  type Provisioner,
  renderResources,
  renderWorkload,
} from '..';
import { chooseProvisioner } from './chooseProvisioner';

const QUEUE = `
apiVersion: callboard.dev/v1alpha1
kind: Provisioner
metadata: { name: team-queue }
spec:
  type: queue
  params:
    messages: { default: 100 }
    durable: { oneOf: [yes, no] }
  secret:
    token: { length: 24 }
  objects:
    - apiVersion: example.com/v1
      kind: Queue
      metadata: { name: '\${name}', labels: { tier: '\${cluster.labels.tier}' } }
      spec:
        messages: '\${params.messages}'
        says: 'at most \${params.messages} of \${app} in \${environment}, \${params.durable}'
        credentials: { name: '\${secret.name}', key: '\${secret.keys.token}' }
  outputs:
    host: '\${name}.\${namespace}.svc'
    token: '\${secrets.token}'
    url: 'q://app:\${secrets.token}@\${name}'
    ca: { secretKeyRef: { name: '\${name}-ca', key: ca.crt } }
`;

const EU: ClusterTraits = {
  name: 'eu-1',
  labels: { region: 'eu', tier: 'gold' },
  blueprints: ['pci', 'golden'],
  kinds: ['Cluster.postgresql.cnpg.io'],
};

function fileOf(text: string): ProvisionerFile {
  const parsed = parsePlatformFiles(text, { file: 'queue.yaml' });
  if (!parsed.ok) throw new Error(parsed.problem.why);
  const [file] = parsed.value;
  if (file.kind !== 'Provisioner') throw new Error(file.kind);
  return file;
}

function compile(text: string): Provisioner {
  const compiled = compileProvisioner(fileOf(text));
  if (!compiled.ok) throw new Error(compiled.problem.why);
  return compiled.value;
}

function workloadOf(score: object) {
  const parsed = parseScore(stringify(score), { file: 'score.yaml' });
  if (!parsed.ok) throw new Error(parsed.problem.why);
  return parsed.value.workload;
}

const webWith = (
  container: object,
  resources: object = { mq: { type: 'queue', params: { durable: 'yes' } } },
) =>
  workloadOf({
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: { main: { image: 'web:1', ...container } },
    resources,
  });

function render(
  workload: ReturnType<typeof workloadOf>,
  secretVersions: Record<string, number> = {},
) {
  const of = {
    app: 'shop',
    environment: 'prod',
    release: 7,
    provisioners: [compile(QUEUE), ...BUILT_IN_PROVISIONERS],
    cluster: EU,
    secretVersions,
  };
  const objects = renderWorkload({
    ...of,
    workload,
    images: {},
    exposure: { type: 'ClusterIP' },
    renderer: CURRENT_RENDERER,
    replicas: 1,
    files: {},
  });
  if (!objects.ok) return { problem: objects.problem };
  const resources = renderResources({ ...of, workloads: [workload] });
  if (!resources.ok) return { problem: resources.problem };
  const deployment: any = objects.value.find(
    ({ kind }) => kind === 'Deployment',
  );
  return {
    pod: deployment.spec.template,
    container: deployment.spec.template.spec.containers[0],
    resources: resources.value,
  };
}

describe('a provisioner of a file', () => {
  it('fills its templates and never says what a secret is', () => {
    const { resources } = render(webWith({}));
    expect(stringify(resources)).toBe(`resources:
  - name: mq
    objectName: web-mq-e785eab7
    type: queue
    by: team-queue
    objects:
      - apiVersion: example.com/v1
        kind: Queue
        metadata:
          labels:
            app.kubernetes.io/managed-by: callboard
            app.kubernetes.io/part-of: shop
            callboard.dev/app: shop
            callboard.dev/environment: prod
            callboard.dev/resource: web-mq-e785eab7
            tier: gold
          name: web-mq-e785eab7
          namespace: shop--prod
        spec:
          credentials:
            key: web-mq-e785eab7.token
            name: callboard-secrets
          messages: 100
          says: at most 100 of shop in prod, yes
    hasSecrets: true
secret:
  apiVersion: v1
  kind: Secret
  metadata:
    annotations:
      callboard.dev/secret-keys: web-mq-e785eab7.token=24
      callboard.dev/secret-version: web-mq-e785eab7=1
    labels:
      app.kubernetes.io/managed-by: callboard
      app.kubernetes.io/part-of: shop
      callboard.dev/app: shop
      callboard.dev/environment: prod
    name: callboard-secrets
    namespace: shop--prod
  type: Opaque
`);
  });

  it('gives secrets to variables by reference, also in the midst of a text', () => {
    const { container } = render(
      webWith({
        variables: {
          HOST: '${resources.mq.host}',
          TOKEN: '${resources.mq.token}',
          URL: '${resources.mq.url}?$$${resources.mq.ca}&$$(HOME)',
        },
      }),
    );
    const token = { name: 'callboard-secrets', key: 'web-mq-e785eab7.token' };
    const ca = { name: 'web-mq-e785eab7-ca', key: 'ca.crt' };
    expect(container.env).toEqual([
      { name: 'CALLBOARD_SECRET_1', valueFrom: { secretKeyRef: token } },
      { name: 'CALLBOARD_SECRET_2', valueFrom: { secretKeyRef: ca } },
      { name: 'HOST', value: 'web-mq-e785eab7.shop--prod.svc' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: token } },
      {
        name: 'URL',
        value:
          'q://app:$(CALLBOARD_SECRET_1)@web-mq-e785eab7?$$$(CALLBOARD_SECRET_2)&$$(HOME)',
      },
    ]);
  });

  it('mounts a file that is a secret from the Secret', () => {
    const { container, pod } = render(
      webWith({
        files: { '/run/token': { content: '${resources.mq.token}' } },
      }),
    );
    expect(container.volumeMounts).toEqual([
      {
        name: 'secret-callboard-secrets',
        mountPath: '/run/token',
        subPath: 'web-mq-e785eab7.token',
        readOnly: true,
      },
    ]);
    expect(pod.spec.volumes).toEqual([
      {
        name: 'secret-callboard-secrets',
        secret: { secretName: 'callboard-secrets' },
      },
    ]);
  });

  it('rolls the pods that read a Secret when that was rotated, and only then', () => {
    const web = webWith({ variables: { T: '${resources.mq.token}' } });
    const of = (versions: Record<string, number>) =>
      render(web, versions).pod.metadata.annotations;
    expect(of({})).toBeUndefined();
    expect(of({ 'web-mq-e785eab7': 2 })).toEqual({
      'callboard.dev/secret-versions': 'web-mq-e785eab7=2',
    });
    expect(of({ other: 2 })).toBeUndefined();
  });

  it.each([
    {
      name: 'a secret among the text of a file',
      web: webWith({ files: { '/a': { content: 'x ${resources.mq.token}' } } }),
      expected:
        'placeholder-secret: containers.main.files["/a"].content: it holds a secret among other text, and the value of a secret never leaves the cluster',
    },
    {
      name: 'a secret where a volume is meant',
      web: webWith({ volumes: { '/a': { source: '${resources.mq.token}' } } }),
      expected:
        'placeholder-unknown: containers.main.volumes["/a"].source: the placeholder "${resources.mq.token}" is a secret, and its value never leaves the cluster',
    },
    {
      name: 'a secret in the params of another resource',
      web: webWith(
        {},
        {
          mq: { type: 'queue', params: { durable: 'yes' } },
          other: { type: 'queue', params: { durable: '${resources.mq.url}' } },
        },
      ),
      expected:
        'placeholder-unknown: resources.other.params.durable: the placeholder "${resources.mq.url}" is a secret, and its value never leaves the cluster',
    },
    {
      name: 'a parameter that nobody knows',
      web: webWith({}, { mq: { type: 'queue', params: { size: 1 } } }),
      expected:
        'resource-invalid: resources.mq.params.size: this parameter is not known',
    },
    {
      name: 'a parameter that is missing',
      web: webWith({}, { mq: { type: 'queue' } }),
      expected:
        'resource-invalid: resources.mq.params.durable: this parameter is missing',
    },
    {
      name: 'a map where a value is wanted',
      web: webWith(
        {},
        { mq: { type: 'queue', params: { durable: 'yes', messages: {} } } },
      ),
      expected:
        'resource-invalid: resources.mq.params.messages: must be a text, a number or true or false',
    },
    {
      name: 'a value that is not offered',
      web: webWith(
        {},
        { mq: { type: 'queue', params: { durable: 'perhaps' } } },
      ),
      expected:
        'resource-invalid: resources.mq.params.durable: this value is not offered',
    },
    {
      name: 'a text that grows beyond an object',
      web: webWith(
        {},
        {
          mq: {
            type: 'queue',
            params: { durable: 'yes', messages: 'x'.repeat(600_000) },
          },
        },
      ),
      expected:
        "resource-invalid: resources.mq.params: the platform's template cannot be filled at spec.objects[0].spec.says: with its placeholders filled in it is longer than 1000000 characters",
    },
    {
      name: 'a type that was misspelt',
      web: webWith({}, { mq: { type: 'queeu' } }),
      expected:
        'resource-type-unknown: resources.mq.type: this platform does not provide resources of type "queeu"; did you mean "queue"?',
    },
  ])('refuses $name', ({ web, expected }) => {
    const { problem } = render(web);
    expect(`${problem?.code}: ${problem?.why}`).toBe(expected);
    expect(problem?.next).not.toBe('');
  });

  it('keeps the name of a resource whatever its neighbours are called', () => {
    const name = (score: object) =>
      render(
        webWith(score, { mq: { type: 'queue', params: { durable: 'no' } } }),
      ).resources?.resources[0].objectName;
    expect(name({})).toBe(name({ command: ['other'] }));
    const shared = render(
      webWith(
        {},
        {
          mq: { type: 'queue', id: 'orders', params: { durable: 'no' } },
          again: { type: 'queue', id: 'orders' },
        },
      ),
    );
    expect(
      shared.resources?.resources.map(each => [each.name, each.objects.length]),
    ).toEqual([['orders', 1]]);
  });

  it.each([
    {
      name: 'refers to nothing known',
      change: ['${app} in', '${apps} in'],
      expected:
        'spec.objects[0].spec.says: the placeholder "${apps}" refers to nothing known; did you mean "app"?',
    },
    {
      name: 'refers to a parameter that it does not declare',
      change: ['${params.messages} of', '${params.toString} of'],
      expected:
        'spec.objects[0].spec.says: the placeholder "${params.toString}" refers to a parameter that is not there',
    },
    {
      name: 'writes a secret into an object',
      change: ["key: '${secret.keys.token}'", "key: '${secrets.token}'"],
      expected:
        'spec.objects[0].spec.credentials.key: the placeholder "${secrets.token}" refers to a key of a secret that is not there',
    },
  ])('is refused where it $name', ({ change: [from, to], expected }) => {
    const compiled = compileProvisioner(fileOf(QUEUE.replace(from, to)));
    expect(compiled.ok || compiled.problem.why).toBe(expected);
  });

  it.each([
    [
      'kind: Queue',
      'kind: Secret',
      'spec.objects[0].kind: must not be "Secret"',
    ],
    [
      "name: '${name}',",
      'name: fixed,',
      'spec.objects[0].metadata.name: must contain "${name}"',
    ],
    [
      "name: '${name}',",
      "name: '${name}', namespace: kube-system,",
      'spec.objects[0].metadata.namespace: must be left out',
    ],
    ['length: 24', 'length: 4', 'spec.secret.token'],
    ['tier:', 'callboard.dev/app:', 'is written by Callboard itself'],
  ])('is refused with %s as %s', (from, to, expected) => {
    const parsed = parsePlatformFiles(QUEUE.replace(from, to), {
      file: 'queue.yaml',
    });
    expect(parsed.ok || parsed.problem.why).toContain(expected);
  });
});

describe('a resource that is in place', () => {
  const web = webWith({}, { db: { type: 'postgres' } });
  const kindsOf = (inPlace: string[]) => {
    const given = renderResources({
      app: 'shop',
      environment: 'prod',
      release: 7,
      workloads: [web],
      provisioners: BUILT_IN_PROVISIONERS,
      cluster: EU,
      inPlace: new Set(inPlace),
    });
    if (!given.ok) throw new Error(given.problem.why);
    return given.value.resources[0].objects.map(({ kind }) => kind);
  };
  const name = 'shop--prod/web-db-b52c1785';

  it('stays with who gave it, since another one would begin without its data', () => {
    expect(kindsOf([])).toEqual(['Cluster']);
    const plain = ['NetworkPolicy', 'Service', 'StatefulSet'];
    expect(
      kindsOf([
        `networking.k8s.io/v1/NetworkPolicy/${name}`,
        `v1/Service/${name}`,
        `apps/v1/StatefulSet/${name}`,
      ]),
    ).toEqual(plain);
    expect(kindsOf([`v1/Service/${name}`])).toEqual(['Cluster']);
    expect(kindsOf([`postgresql.cnpg.io/v1/Cluster/${name}`])).toEqual([
      'Cluster',
    ]);
  });
});

describe('chooseProvisioner', () => {
  const provisioner = (
    name: string,
    origin: Provisioner['origin'],
    serves?: Provisioner['serves'],
    kind = 'default',
  ): Provisioner => ({
    name,
    origin,
    type: 'postgres',
    class: kind,
    revision: '1',
    ...(serves && { serves }),
    provision: () => ({ ok: true, outputs: {} }),
  });
  const choose = (list: Provisioner[], kind?: string) => {
    const choice = chooseProvisioner(
      list,
      { type: 'postgres', ...(kind && { class: kind }) },
      EU,
    );
    return choice.kind === 'chosen' ? choice.provisioner.name : choice.kind;
  };

  it.each([
    {
      name: 'what a platform brings goes before what is built in',
      list: [
        provisioner('operator', 'built-in', {
          kinds: ['Cluster.postgresql.cnpg.io'],
        }),
        provisioner('team', 'file'),
      ],
      expected: 'team',
    },
    {
      name: 'a blueprint says more than labels',
      list: [
        provisioner('labels', 'file', {
          clusters: { matchLabels: { region: 'eu' } },
        }),
        provisioner('blueprint', 'code', { blueprints: ['golden'] }),
      ],
      expected: 'blueprint',
    },
    {
      name: 'a file goes before code',
      list: [provisioner('a', 'code'), provisioner('b', 'file')],
      expected: 'b',
    },
    {
      name: 'the operator where the cluster has it',
      list: [
        provisioner('plain', 'built-in'),
        provisioner('operator', 'built-in', {
          kinds: ['Cluster.postgresql.cnpg.io'],
        }),
      ],
      expected: 'operator',
    },
    {
      name: 'plain where it has not',
      list: [
        provisioner('plain', 'built-in'),
        provisioner('operator', 'built-in', { kinds: ['Database.other.io'] }),
      ],
      expected: 'plain',
    },
    {
      name: 'ties by name',
      list: [provisioner('b', 'file'), provisioner('a', 'file')],
      expected: 'a',
    },
    {
      name: 'nobody serves the cluster',
      list: [provisioner('us', 'file', { blueprints: ['edge'] })],
      expected: 'not-on-cluster',
    },
    { name: 'nobody at all', list: [], expected: 'type-unknown' },
    {
      name: 'another class',
      list: [provisioner('large', 'file', undefined, 'large')],
      expected: 'class-unknown',
    },
  ])('$name', ({ list, expected }) => {
    expect(choose(list)).toBe(expected);
    expect(choose([...list].reverse())).toBe(expected);
  });
});

describe('a route', () => {
  const served = (name: string, resources: object) =>
    workloadOf({
      apiVersion: 'score.dev/v1b1',
      metadata: { name },
      containers: { main: { image: 'web:1' } },
      service: { ports: { http: { port: 80 } } },
      resources,
    });

  it('leads to one workload, no matter who shares its id', () => {
    const front = { type: 'route', id: 'front', params: { host: 'a.example' } };
    const given = renderResources({
      app: 'shop',
      environment: 'prod',
      release: 7,
      workloads: [served('web', { front }), served('api', { front })],
      provisioners: BUILT_IN_PROVISIONERS,
    });
    expect(given.ok || given.problem.why).toBe(
      'resources.front.params: it is shared by the workloads "api", "web", but a route leads to one',
    );
  });

  it('has the name that all workloads share by an id', () => {
    const name = { type: 'dns', id: 'name' };
    const workloads = [
      workloadOf({
        apiVersion: 'score.dev/v1b1',
        metadata: { name: 'a-worker' },
        containers: { main: { image: 'web:1' } },
        resources: { name },
      }),
      served('web', {
        name,
        front: { type: 'route', params: { host: '${resources.name.host}' } },
      }),
    ];
    const given = renderResources({
      app: 'shop',
      environment: 'prod',
      release: 7,
      workloads,
      provisioners: BUILT_IN_PROVISIONERS,
    });
    if (!given.ok) throw new Error(given.problem.why);
    expect(given.value.resources[0].objects[0].spec).toMatchObject({
      rules: [{ host: 'web.shop--prod.svc' }],
    });
  });
});
