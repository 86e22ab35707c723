/** How the world gets in to the apps of an environment, or of a cluster. */
export type AddressVia =
  /** By HTTPRoutes of a gateway; the one that the cluster's blueprint has where no name is given. */
  | { type: 'Gateway'; name?: string; namespace?: string }
  /** By Ingresses of a class; that of the cluster's blueprint, else the cluster's default, where none is given. */
  | { type: 'Ingress'; class?: string }
  /** By a load balancer of each workload that is addressed. */
  | { type: 'LoadBalancer' }
  /** By a port of every node. */
  | { type: 'NodePort' };

/** Who has the certificate of an address. */
export type AddressTls =
  /** The gateway's listener, or what takes the Ingresses. */
  | { type: 'Platform' }
  /** cert-manager, for each host of an Ingress; `issuer` is a ClusterIssuer. */
  | { type: 'CertManager'; issuer: string }
  /** Nobody: plain HTTP. */
  | { type: 'None' };

/** What an environment says of the addresses of its apps: each gets `<app>.<domain>`. */
export interface EnvironmentAddresses {
  domain: string;
  via: AddressVia;
  /** `Platform` when omitted. */
  tls?: AddressTls;
  /** Hosts beyond its own that an app may ask for: `www.example.com`, or `*.example.com` for one label. None when omitted. */
  hosts?: string[];
}

/** What a cluster says otherwise; an app there has `<app>--<environment>.<domain>` beside its name in the environment. */
export interface ClusterAddresses {
  domain?: string;
  via?: AddressVia;
  tls?: AddressTls;
}

/** An address that an app asks for in an environment. */
export interface AppAddress {
  /** `<app>.<domain>` when omitted. */
  host?: string;
  /** `/` when omitted. */
  path?: string;
  /** Workload that answers; may be omitted where it is clear which one. */
  workload?: string;
  /** Name or number of a port of its service; may be omitted where it is clear which one. */
  port?: string | number;
}
