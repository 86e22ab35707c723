/**
 * The requests that the hub may send to one agent, signed by the hub. The agent
 * refuses all others, no matter who controls the hub's end of the connection.
 */
export interface Scope {
  cluster: string;
  /** The agent's public key: a scope is valid for one agent only. */
  agentKey: string;
  rules: ScopeRule[];
  /** RFC 3339. After it the agent refuses everything until it receives a new scope. */
  expiresAt: string;
}

export interface ScopeRule {
  effect: 'allow' | 'deny';
  methods: string[];
  /** Segments of a path; `*` matches any one, `**` at the end any number of them, including none. */
  path: string;
}

const READ = ['GET'];
const WRITE = ['PATCH', 'DELETE'];
const ANY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The requests that Callboard needs on a cluster: discover, read, apply,
 * delete, read logs. Paths that lead from the API server into pods and nodes,
 * or that return credentials of others, are denied; the first matching rule
 * decides.
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
    effect: 'allow', // permissions of the agent itself; stores nothing
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
