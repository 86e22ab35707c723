/**
 * What the hub may ask of one agent, signed by the hub. The agent refuses
 * everything else, no matter who sits at the hub's end of the connection.
 */
export interface Scope {
  cluster: string;
  /** The agent's public key: a scope of one agent is of no use to another. */
  agentKey: string;
  rules: ScopeRule[];
  /** RFC 3339. Past it the agent refuses everything until a new one came. */
  expiresAt: string;
}

export interface ScopeRule {
  effect: 'allow' | 'deny';
  methods: string[];
  /** Segments of a path; `*` is any one, `**` at the end any number of them, also none. */
  path: string;
}

const READ = ['GET'];
const WRITE = ['PATCH', 'DELETE'];
const ANY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * What Callboard needs of a cluster: discover, read, apply, delete, read logs.
 * What would lead from the API server into pods and nodes, or hand out
 * credentials of others, is denied; the first rule that fits decides.
 */
export const CALLBOARD_RULES: ScopeRule[] = [
  { effect: 'deny', methods: ANY, path: '/api/v1/nodes/*/proxy/**' },
  {
    effect: 'deny',
    methods: ANY,
    path: '/api/v1/namespaces/*/pods/*/proxy/**',
  },
  {
    effect: 'deny',
    methods: ANY,
    path: '/api/v1/namespaces/*/services/*/proxy/**',
  },
  { effect: 'deny', methods: ANY, path: '/api/v1/namespaces/*/pods/*/exec' },
  { effect: 'deny', methods: ANY, path: '/api/v1/namespaces/*/pods/*/attach' },
  {
    effect: 'deny',
    methods: ANY,
    path: '/api/v1/namespaces/*/pods/*/portforward',
  },
  {
    effect: 'deny',
    methods: ANY,
    path: '/api/v1/namespaces/*/serviceaccounts/*/token',
  },
  { effect: 'allow', methods: READ, path: '/version' },
  { effect: 'allow', methods: READ, path: '/api/**' },
  { effect: 'allow', methods: READ, path: '/apis/**' },
  {
    effect: 'allow', // what the agent itself may do; stores nothing
    methods: ['POST'],
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
  },
  {
    effect: 'allow',
    methods: ['POST'],
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  },
  { effect: 'allow', methods: WRITE, path: '/api/v1/**' },
  { effect: 'allow', methods: WRITE, path: '/apis/**' },
];
