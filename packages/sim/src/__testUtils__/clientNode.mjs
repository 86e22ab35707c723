// Lets the JavaScript client of Kubernetes talk to the cluster of a kubeconfig
// (standard input), and prints what it saw as one JSON line.
import { text } from 'node:stream/consumers';
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  Watch,
} from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromString(await text(process.stdin));
const core = config.makeApiClient(CoreV1Api);
const apps = config.makeApiClient(AppsV1Api);
const namespace = 'shop';
const labels = { app: 'web' };

await core.createNamespace({ body: { metadata: { name: namespace } } });
const seen = [];
let reportRunning = () => {};
const running = new Promise(resolve => {
  reportRunning = resolve;
});
const watch = await new Watch(config).watch(
  `/api/v1/namespaces/${namespace}/pods`,
  {},
  (type, pod) => {
    seen.push(`${type} ${pod.status.phase}`);
    if (pod.status.phase === 'Running') reportRunning(pod.metadata.name);
  },
  () => {},
);
const { metadata } = await apps.createNamespacedDeployment({
  namespace,
  body: {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'web:1' }] },
      },
    },
  },
});
const name = await running;
const log = await core.readNamespacedPodLog({ namespace, name });
const refusal = await core
  .readNamespacedPod({ namespace, name: 'none' })
  .catch(error => error.code);
watch.abort();
process.stdout.write(
  `${JSON.stringify({
    created: metadata.name,
    first: seen[0],
    last: seen.at(-1),
    log,
    refusal,
  })}\n`,
);
