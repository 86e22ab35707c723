/** How traffic from outside reaches the apps of an environment, or of a cluster. */
export type AddressVia =
  /** By HTTPRoutes of a gateway; the one that the cluster's blueprint has where no name is given. */
  | { type: 'Gateway'; name?: string; namespace?: string }
  /** By Ingresses of a class; that of the cluster's blueprint, else the cluster's default, where none is given. */
  | { type: 'Ingress'; class?: string }
  /** By a load balancer of each workload with an address. */
  | { type: 'LoadBalancer' }
  /** By a port of every node. */
  | { type: 'NodePort' };

/** Source of the certificate of an address. */
export type AddressTls =
  /** The gateway's listener, or the Ingress controller. */
  | { type: 'Platform' }
  /** cert-manager, for each host of an Ingress; `issuer` is a ClusterIssuer. */
  | { type: 'CertManager'; issuer: string }
  /** None: plain HTTP. */
  | { type: 'None' };

/** Addresses of an environment's apps: each gets `<app>.<domain>`. */
export interface EnvironmentAddresses {
  domain: string;
  via: AddressVia;
  /** `Platform` when omitted. */
  tls?: AddressTls;
  /** Further hosts that an app may request: `www.example.com`, or `*.example.com` for one label. None when omitted. */
  hosts?: string[];
}

/** Overrides of a cluster; an app there has `<app>--<environment>.<domain>` beside its name in the environment. */
export interface ClusterAddresses {
  domain?: string;
  via?: AddressVia;
  tls?: AddressTls;
}

/** An address that an app requests in an environment. */
export interface AppAddress {
  /** `<app>.<domain>` when omitted. */
  host?: string;
  /** `/` when omitted. */
  path?: string;
  /** Workload that serves it; may be omitted where there is only one candidate. */
  workload?: string;
  /** Name or number of a port of its service; may be omitted where there is only one candidate. */
  port?: string | number;
}
