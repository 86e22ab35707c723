/** One app that goes wrong in one way, as a developer would push it. */
export interface SickApp {
  /** Name of the app. */
  name: string;
  /** Code of the finding that names it. */
  code: string;
  /** Page in docs/situations that tells the same; its pictures have this name. */
  situation: string;
  /** score.yaml of each push, in order; the last one is sick. */
  pushes: Array<(registry: string) => object>;
}

interface Parts {
  image?: string;
  args?: string;
  container?: object;
}

/** Score of one container of the trial image; `args` is the word that tells it how to go. */
const score =
  (name: string, { image = 'trial:1', args = 'web', container }: Parts = {}) =>
  (registry: string): object => ({
    apiVersion: 'score.dev/v1b1',
    metadata: { name },
    containers: {
      main: {
        image: `${registry}/${image}`,
        args: args.split(' '),
        ...container,
      },
    },
    service: { ports: { http: { port: 80, targetPort: 8080 } } },
  });

const probe = (path: string, port = 8080) => ({ httpGet: { path, port } });

/** Ten apps that a real node shows in trouble. Their names are what people call such services. */
export const SICK_APPS: readonly SickApp[] = [
  {
    name: 'checkout',
    code: 'crashed-at-start',
    situation: 'panic',
    pushes: [score('checkout', { args: 'panic' })],
  },
  {
    name: 'thumbnails',
    code: 'out-of-memory',
    situation: 'eats-64-mib',
    pushes: [
      score('thumbnails', {
        args: 'eat',
        container: { resources: { limits: { memory: '64Mi' } } },
      }),
    ],
  },
  {
    name: 'search',
    code: 'image-not-found',
    situation: 'tag-missing',
    pushes: [score('search', { image: 'trial:2' })],
  },
  {
    name: 'ledger',
    code: 'registry-credentials',
    situation: 'private-without-credentials',
    pushes: [score('ledger', { image: 'private/trial:1' })],
  },
  {
    name: 'catalogue',
    code: 'probe-failed',
    situation: 'readiness-status-500',
    pushes: [
      score('catalogue', { container: { readinessProbe: probe('/fail') } }),
    ],
  },
  {
    name: 'mailer',
    code: 'bad-port',
    situation: 'listens-elsewhere',
    pushes: [
      score('mailer', {
        container: {
          variables: { PORT: '3000' },
          readinessProbe: probe('/healthz'),
        },
      }),
    ],
  },
  {
    name: 'sessions',
    code: 'probe-failed',
    situation: 'liveness-fails-after-a-while',
    pushes: [
      score('sessions', {
        args: 'sick 3',
        container: { livenessProbe: probe('/healthz') },
      }),
    ],
  },
  {
    name: 'forecast',
    code: 'start-failed',
    situation: 'program-missing',
    pushes: [score('forecast', { container: { command: ['/app/forecast'] } })],
  },
  {
    name: 'import',
    code: 'ended-by-itself',
    situation: 'ends-without-error',
    pushes: [score('import', { args: 'done 1' })],
  },
  {
    name: 'rates',
    code: 'crashed-at-start',
    situation: 'new-release-crashes-old-one-serves',
    pushes: [score('rates'), score('rates', { args: 'crash 5' })],
  },
];
