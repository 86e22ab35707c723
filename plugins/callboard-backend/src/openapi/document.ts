import { JOURNAL_KINDS } from '@callboard/plugin-callboard-common';
import { itemsOf, schemas } from './schemas';

type SchemaName = keyof typeof schemas;

const name = { type: 'string', minLength: 1, maxLength: 253 };

const parameters = {
  app: { name: 'app', in: 'path', required: true, schema: name },
  environment: {
    name: 'environment',
    in: 'path',
    required: true,
    schema: name,
  },
  cluster: { name: 'cluster', in: 'path', required: true, schema: name },
  rolloutAction: {
    name: 'action',
    in: 'path',
    required: true,
    schema: { enum: ['pause', 'resume', 'abort', 'rollback'] },
  },
  release: {
    name: 'release',
    in: 'path',
    required: true,
    schema: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
  },
  image: {
    name: 'image',
    in: 'query',
    description:
      'Which of its images, by its full name; the first one without it',
    schema: { type: 'string', minLength: 1, maxLength: 500 },
  },
  at: {
    name: 'at',
    in: 'query',
    description: 'Answers as it was at this instant; without it, as it is',
    allowReserved: true, // colons are harmless there, and everybody leaves them as they are
    schema: { type: 'string', format: 'date-time' },
  },
  appFilter: { name: 'app', in: 'query', schema: name },
  clusterFilter: { name: 'cluster', in: 'query', schema: name },
  actorFilter: {
    name: 'actor',
    in: 'query',
    description: 'Entity reference of who acted',
    allowReserved: true,
    schema: { type: 'string', minLength: 1, maxLength: 400 },
  },
  kindFilter: {
    name: 'kind',
    in: 'query',
    description: 'What entries are about',
    schema: { enum: [...JOURNAL_KINDS] },
  },
  windowFrom: {
    name: 'from',
    in: 'query',
    description:
      'Begin of the window; without it seven days before its end, or where history begins',
    allowReserved: true,
    schema: { type: 'string', format: 'date-time' },
  },
  windowTo: {
    name: 'to',
    in: 'query',
    description: 'End of the window, at most the instant of the read',
    allowReserved: true,
    schema: { type: 'string', format: 'date-time' },
  },
  lanes: {
    name: 'lanes',
    in: 'query',
    schema: { enum: ['environment', 'cluster'], default: 'environment' },
  },
  cursor: {
    name: 'cursor',
    in: 'query',
    description:
      'The nextCursor of the page before; without it, the first page',
    schema: { type: 'string', minLength: 1, maxLength: 2000 },
  },
  limit: {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  },
};

function reference(schema: SchemaName) {
  return { $ref: `#/components/schemas/${schema}` };
}

function json(schema: object) {
  return { 'application/json': { schema } };
}

const failure = {
  description: 'What, why, and what to do next',
  content: json(reference('Error')),
};

interface Operation {
  id: string;
  summary: string;
  with?: Array<keyof typeof parameters>;
  body?: SchemaName;
  /** Whether it may be sent without a body. */
  optionalBody?: boolean;
  status?: 200 | 201 | 202;
  answers?: object;
  /** Answers with comma-separated values instead of JSON. */
  csv?: boolean;
}

function operation({
  id,
  summary,
  with: names = [],
  body,
  optionalBody = false,
  status = 200,
  answers,
  csv,
}: Operation) {
  return {
    operationId: id,
    summary,
    parameters: names.map(key => ({ $ref: `#/components/parameters/${key}` })),
    ...(body && {
      requestBody: {
        required: !optionalBody,
        content: json(reference(body)),
      },
    }),
    responses: {
      [status]: {
        description: summary,
        ...(answers && { content: json(answers) }),
        ...(csv && { content: { 'text/csv': { schema: { type: 'string' } } } }),
      },
      default: failure,
    },
  };
}

const onCluster: Operation['with'] = ['app', 'environment', 'cluster'];

/** What the playground's module adds. */
const playgroundPaths = {
  '/playground/isolation': {
    get: operation({
      id: 'getPlaygroundIsolation',
      summary:
        'How pushed code is kept apart on the machine of the portal, and which limits hold',
      answers: reference('PlaygroundIsolation'),
    }),
  },
  '/playground/clusters/{cluster}/power': {
    get: operation({
      id: 'getPower',
      summary: 'Whether a simulated cluster is on',
      with: ['cluster'],
      answers: reference('Power'),
    }),
    put: operation({
      id: 'setPower',
      summary:
        'Switches a simulated cluster off, as if its plug were pulled, or on again',
      with: ['cluster'],
      body: 'Power',
      answers: reference('Power'),
    }),
  },
};

/**
 * The API, as OpenAPI 3.1. It validates requests as they come in, is served at
 * `/openapi.json`, and a test holds every answer against it.
 */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Callboard',
    version: '1',
    description:
      'Where software runs, how it is, and why. Times are RFC 3339, lists are {"items": […]} with the newest first where there is an age and a nextCursor where there is another page, errors are {code, what, why, next}.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/api/callboard/v1' }],
  security: [{ backstage: [] }],
  paths: {
    '/apps': {
      get: operation({
        id: 'listApps',
        summary: 'All apps you may see',
        with: ['at', 'limit', 'cursor'],
        answers: itemsOf('App'),
      }),
      post: operation({
        id: 'createApp',
        summary: 'Creates an app from files, as its first push would',
        body: 'NewApp',
        status: 201,
        answers: reference('App'),
      }),
    },
    '/apps/{app}': {
      get: operation({
        id: 'getApp',
        summary: 'One app',
        with: ['app', 'at'],
        answers: reference('App'),
      }),
    },
    '/apps/{app}/releases': {
      get: operation({
        id: 'listReleases',
        summary: 'Releases of an app',
        with: ['app', 'at', 'limit', 'cursor'],
        answers: itemsOf('ReleaseDetails'),
      }),
    },
    '/apps/{app}/timeline': {
      get: operation({
        id: 'getTimeline',
        summary:
          'Releases and incidents in a window of at most 400 days: at most 12 lanes, 200 bars and 200 marks',
        with: ['app', 'windowFrom', 'windowTo', 'lanes', 'at'],
        answers: reference('Timeline'),
      }),
    },
    '/apps/{app}/releases/{release}/sbom': {
      get: operation({
        id: 'readSbom',
        summary:
          'What is inside an image of a release: a CycloneDX document, as it is attached to the image',
        with: ['app', 'release', 'image'],
        answers: { type: 'object' },
      }),
    },
    '/apps/{app}/releases/{release}/provenance': {
      get: operation({
        id: 'readProvenance',
        summary:
          'Where an image of a release came from: SLSA provenance, as it is attached to the image',
        with: ['app', 'release', 'image'],
        answers: { type: 'object' },
      }),
    },
    '/apps/{app}/catalog-info': {
      get: operation({
        id: 'getCatalogInfo',
        summary: 'What the app says of itself to the catalog',
        with: ['app'],
        answers: reference('CatalogInfo'),
      }),
    },
    '/apps/{app}/environments/{environment}/placement': {
      get: operation({
        id: 'getPlacement',
        summary: 'Where it runs and why: every cluster of the fleet, once',
        with: ['app', 'environment', 'at'],
        answers: reference('Placement'),
      }),
    },
    '/apps/{app}/environments/{environment}/promotions': {
      post: operation({
        id: 'promote',
        summary:
          'Promotes a release to an environment, or rolls back to an older one',
        with: ['app', 'environment'],
        body: 'Promotion',
        status: 202,
      }),
    },
    '/apps/{app}/environments/{environment}/rollout': {
      get: operation({
        id: 'getRollout',
        summary: 'The newest rollout, wave by wave, under way or finished',
        with: ['app', 'environment', 'at'],
        answers: reference('Rollout'),
      }),
    },
    '/apps/{app}/environments/{environment}/rollout/{action}': {
      post: operation({
        id: 'steerRollout',
        summary:
          'Pauses, resumes, aborts or rolls back; asking twice changes nothing',
        with: ['app', 'environment', 'rolloutAction'],
        body: 'Steering',
        optionalBody: true,
        status: 202,
      }),
    },
    '/apps/{app}/environments/{environment}/clusters/{cluster}/logs': {
      get: operation({
        id: 'readLogs',
        summary: 'Last output',
        with: onCluster,
        answers: reference('Logs'),
      }),
    },
    '/apps/{app}/environments/{environment}/clusters/{cluster}/kubernetes': {
      get: operation({
        id: 'readKubernetesView',
        summary: 'The objects on the cluster, without the data of secrets',
        with: onCluster,
        answers: reference('KubernetesView'),
      }),
    },
    '/fleet': {
      get: operation({
        id: 'getFleet',
        summary: 'The fleet in a sentence',
        with: ['at'],
        answers: reference('Fleet'),
      }),
    },
    '/blueprints': {
      get: operation({
        id: 'listBlueprints',
        summary:
          'Every version of every blueprint: by name, the newest version first',
        with: ['at', 'limit', 'cursor'],
        answers: itemsOf('Blueprint'),
      }),
    },
    '/clusters': {
      get: operation({
        id: 'listClusters',
        summary: 'All clusters',
        with: ['at', 'limit', 'cursor'],
        answers: itemsOf('Cluster'),
      }),
      post: operation({
        id: 'inviteCluster',
        summary:
          'Registers a cluster whose agent dials out; the answer is the command to run there',
        body: 'NewCluster',
        status: 201,
        answers: reference('InvitedCluster'),
      }),
    },
    '/clusters/{cluster}': {
      get: operation({
        id: 'getCluster',
        summary: 'One cluster',
        with: ['cluster', 'at'],
        answers: reference('Cluster'),
      }),
      delete: operation({
        id: 'removeCluster',
        summary:
          'Revokes the agent of a cluster and takes it out of the fleet; what runs there keeps running, and nobody reaches it any more',
        with: ['cluster'],
        answers: reference('RemovedCluster'),
      }),
    },
    '/clusters/{cluster}/join': {
      post: operation({
        id: 'renewInvitation',
        summary:
          'A new registration token for a cluster whose agent dials out; its older token and the key of its agent are revoked',
        with: ['cluster'],
        status: 201,
        answers: reference('InvitedCluster'),
      }),
    },
    '/clusters/{cluster}/cordon': {
      post: operation({
        id: 'cordonCluster',
        summary: 'Cordons it: nothing new is placed there; what runs stays',
        with: ['cluster'],
        body: 'SchedulingChange',
        status: 202,
      }),
    },
    '/clusters/{cluster}/drain': {
      post: operation({
        id: 'drainCluster',
        summary:
          'Drains it: nothing new is placed there, and what runs moves away as soon as it runs elsewhere',
        with: ['cluster'],
        body: 'SchedulingChange',
        status: 202,
      }),
    },
    '/clusters/{cluster}/uncordon': {
      post: operation({
        id: 'uncordonCluster',
        summary: 'Uncordons it: it accepts apps again',
        with: ['cluster'],
        body: 'SchedulingChange',
        status: 202,
      }),
    },
    '/clusters/{cluster}/labels': {
      patch: operation({
        id: 'labelCluster',
        summary:
          "Sets labels by hand; each overrides the label of the cluster's source until it is set to null",
        with: ['cluster'],
        body: 'LabelChange',
        status: 202,
      }),
    },
    '/fleet/what-if': {
      post: operation({
        id: 'askWhatIf',
        summary:
          'What would happen to all apps in this case: the decision that would be made. Changes nothing',
        body: 'WhatIfQuestion',
        answers: reference('WhatIfReport'),
      }),
    },
    '/audit': {
      get: operation({
        id: 'getAudit',
        summary:
          'Whether every app you may see runs on all the right clusters, and only there',
        with: ['at', 'limit', 'cursor'],
        answers: reference('Audit'),
      }),
    },
    '/audit.csv': {
      get: operation({
        id: 'exportAudit',
        summary: 'The same as CSV, at most 10,000 rows',
        with: ['at'],
        csv: true,
      }),
    },
    '/fleet/joining': {
      get: operation({
        id: 'readJoining',
        summary:
          'Why no cluster that dials out can be added now, where none can',
        answers: reference('Joining'),
      }),
    },
    '/history': {
      get: operation({
        id: 'getHistory',
        summary:
          'Since when history is kept: the earliest "at" of a read; and whether anything was recorded at that instant',
        with: ['at'],
        answers: reference('History'),
      }),
    },
    '/retention': {
      get: operation({
        id: 'getRetention',
        summary:
          'Which images are kept, and what the next sweep removes and frees',
        answers: reference('Retention'),
      }),
    },
    '/journal': {
      get: operation({
        id: 'listJournal',
        summary: 'What happened, newest first',
        with: [
          'appFilter',
          'clusterFilter',
          'actorFilter',
          'kindFilter',
          'limit',
          'cursor',
          'at',
        ],
        answers: itemsOf('JournalEntry'),
      }),
    },
  },
  components: {
    securitySchemes: {
      backstage: {
        type: 'http',
        scheme: 'bearer',
        description:
          'A Backstage token of a user or service; a guest gets one from POST /api/auth/guest/refresh with the sign-in key as x-callboard-key',
      },
    },
    parameters,
    schemas,
  },
};

/** The document of this portal: with the playground's switches only where there is one. */
export function describeApi(options: { playground: boolean }): object {
  const { paths } = openApiDocument;
  return {
    ...openApiDocument,
    paths: options.playground ? { ...paths, ...playgroundPaths } : paths,
  };
}
