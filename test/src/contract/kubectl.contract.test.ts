import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SimFleet } from '@callboard/sim';
import { eventually } from '@callboard/testing';

jest.setTimeout(120_000);

const program = join(process.env.KUBEBUILDER_ASSETS ?? '', 'kubectl');
const hasKubectl =
  process.env.KUBEBUILDER_ASSETS !== undefined && existsSync(program);
if (!hasKubectl)
  process.stderr.write(
    'kubectl was not tried on the simulated cluster: there is none in KUBEBUILDER_ASSETS\n',
  );

const MANIFEST = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: main
          image: trial:1
          ports: [{ containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: batch/v1
kind: Job
metadata: { name: once, namespace: shop }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: busybox }] } } }
`;

/** The real kubectl on a simulated cluster with controllers and nodes. */
(hasKubectl ? describe : describe.skip)('kubectl', () => {
  let fleet: SimFleet;
  let kubeconfig: string;
  let manifest: string;

  beforeAll(async () => {
    fleet = await SimFleet.listen();
    fleet.addCluster({
      name: 'eu-1',
      token: 'secret',
      nodes: [{ name: 'node-0', cpu: '4', memory: '8Gi' }],
      timing: { crashBackOffMs: 500 },
      hasMetrics: true,
    });
    const directory = mkdtempSync(join(tmpdir(), 'callboard-kubectl-'));
    kubeconfig = join(directory, 'kubeconfig');
    manifest = join(directory, 'shop.yaml');
    writeFileSync(kubeconfig, JSON.stringify(fleet.kubectlConfig('eu-1')));
    writeFileSync(manifest, MANIFEST);
  });

  afterAll(() => fleet.close());

  const kubectl = async (...words: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(program, words, {
      env: { ...process.env, KUBECONFIG: kubeconfig },
    });
    return `${stdout}${stderr}`;
  };

  it('applies, server-side', async () => {
    expect(await kubectl('apply', '--server-side', '-f', manifest)).toBe(
      [
        'namespace/shop serverside-applied',
        'deployment.apps/web serverside-applied',
        'service/web serverside-applied',
        'job.batch/once serverside-applied',
        '',
      ].join('\n'),
    );
  });

  it('waits for a rollout', async () => {
    expect(
      await kubectl(
        'rollout',
        'status',
        '-n',
        'shop',
        'deployment/web',
        '--timeout=20s',
      ),
    ).toContain('deployment "web" successfully rolled out');
    expect(
      await kubectl(
        'wait',
        '-n',
        'shop',
        'job/once',
        '--for=condition=complete',
        '--timeout=20s',
      ),
    ).toBe('job.batch/once condition met\n');
  });

  it('tops pods and nodes where a metrics-server is', async () => {
    expect(await kubectl('top', 'pods', '-n', 'shop')).toMatch(
      /NAME +CPU\(cores\) +MEMORY\(bytes\) *\n(web-\w+-\w+ +2m +24Mi *\n){2}/,
    );
    expect(await kubectl('top', 'nodes')).toMatch(/node-0 +4m +0% +48Mi +0%/);
  });

  it('gets what a person wants to see', async () => {
    expect(await kubectl('get', 'deployment', 'web', '-n', 'shop')).toMatch(
      /NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2\/2 +2 +2 +\d+s\n/,
    );
    expect(
      await kubectl('get', 'pods', '-n', 'shop', '-l', 'app=web', '-o', 'wide'),
    ).toMatch(/web-\w+-\w+ +1\/1 +Running +0 +\d+s +10\.244\.0\.\d+ +node-0/);
    expect(await kubectl('get', 'all', '-n', 'shop')).toMatch(
      /service\/web +NodePort +10\.96\.\d+\.\d+ +<none> +80:3\d{4}\/TCP/,
    );
    expect(await kubectl('get', 'nodes')).toMatch(
      /node-0 +Ready +<none> +\d+s +v1\.36\.3/,
    );
    expect(await kubectl('get', 'endpointslices', '-n', 'shop')).toMatch(
      /web-\w+ +IPv4 +8080 +10\.244\.0\.\d+,10\.244\.0\.\d+/,
    );
  });

  it('describes with events', async () => {
    const described = await kubectl(
      'describe',
      'deployment',
      'web',
      '-n',
      'shop',
    );
    expect(described).toContain(
      'Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable',
    );
    expect(described).toMatch(
      /ScalingReplicaSet +\d+s +deployment-controller +Scaled up replica set web-\w+ from 0 to 2/,
    );
    expect(
      await kubectl('describe', 'pod', '-n', 'shop', '-l', 'job-name=once'),
    ).toMatch(/State: +Terminated\n +Reason: +Completed/);
  });

  it('tells the log, of before the crash too', async () => {
    await kubectl(
      'patch',
      'deployment',
      'web',
      '-n',
      'shop',
      '--type=json',
      '-p',
      '[{"op":"add","path":"/spec/template/spec/containers/0/args","value":["crash","3"]}]',
    );
    const crashed = await eventually(
      'a pod crashes again and again',
      async () => {
        const pods = await kubectl(
          'get',
          'pods',
          '-n',
          'shop',
          '-l',
          'app=web',
        );
        const found =
          /^(web-\S+) +0\/1 +(?:CrashLoopBackOff|Error) +[1-9]/m.exec(pods);
        if (found === null) throw new Error(pods);
        return found[1];
      },
      20_000,
    );
    expect(
      await kubectl('logs', '-n', 'shop', crashed, '--previous', '--tail=1'),
    ).toBe('Error: cannot start: this container was told to crash\n');
    expect(
      await kubectl(
        'get',
        'pod',
        crashed,
        '-n',
        'shop',
        '-o',
        'jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}',
      ),
    ).toBe('3');
  });

  it('rolls back', async () => {
    await kubectl('rollout', 'undo', '-n', 'shop', 'deployment/web');
    expect(
      await kubectl(
        'rollout',
        'status',
        '-n',
        'shop',
        'deployment/web',
        '--timeout=20s',
      ),
    ).toContain('successfully rolled out');
    expect(
      await kubectl('rollout', 'history', '-n', 'shop', 'deployment/web'),
    ).toMatch(/2 +<none>\n3 +<none>/);
  });

  it('watches', async () => {
    const watching = promisify(execFile)(
      program,
      ['get', 'deployment', 'web', '-n', 'shop', '-w', '--request-timeout=4s'],
      {
        env: { ...process.env, KUBECONFIG: kubeconfig },
      },
    );
    const seen = watching.then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
    await new Promise(resolve => {
      setTimeout(resolve, 1_000);
    });
    await kubectl('scale', '-n', 'shop', 'deployment/web', '--replicas=1');
    expect(await seen).toMatch(/web +2\/2[^]*web +1\/1/);
  });

  it('explains and diffs', async () => {
    expect(await kubectl('explain', 'deployment.spec.strategy')).toContain(
      'rollingUpdate\t<RollingUpdateDeployment>',
    );
    await expect(
      kubectl('apply', '-f', manifest, '--validate=strict', '--dry-run=server'),
    ).resolves.toContain('(server dry run)');
  });

  it('deletes, with all that belongs to it', async () => {
    await kubectl(
      'delete',
      'deployment',
      'web',
      '-n',
      'shop',
      '--cascade=foreground',
      '--timeout=20s',
    );
    expect(await kubectl('get', 'pods', '-n', 'shop', '-l', 'app=web')).toBe(
      'No resources found in shop namespace.\n',
    );
    expect(
      await kubectl('delete', 'namespace', 'shop', '--timeout=20s'),
    ).toContain('namespace "shop" deleted');
    await expect(kubectl('get', 'namespace', 'shop')).rejects.toThrow(
      'namespaces "shop" not found',
    );
  });
});
