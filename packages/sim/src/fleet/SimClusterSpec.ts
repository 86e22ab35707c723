import type { VolumeHost } from '../controllers';
import type {
  Address,
  ContainerStage,
  KubeletTiming,
  PodRuntime,
} from '../kubelet';

/** A node as it joins: what it offers. */
export interface SimNodeSpec {
  name: string;
  labels?: Record<string, string>;
  /** Quantities: `4`, `500m`. */
  cpu: string;
  memory: string;
  pods?: number;
}

/** Opens node ports on this machine. */
export interface NodePortHost {
  /** Gives a port; `target` is asked per connection. Throws when `wanted` is another service's, or none is left. */
  reserve(input: {
    cluster: string;
    /** Namespace and name: `shop--dev/web`. */
    service: string;
    wanted?: number;
    range: [number, number];
    target: () => Address | undefined;
    /** Called with what keeps the port closed on this machine, and with undefined when it is open. */
    onBlocked?(reason: string | undefined): void;
  }): number;
  release(port: number): void;
}

export interface SimClusterSpec {
  name: string;
  /** `1.36.3` when omitted. */
  version?: string;
  nodes: SimNodeSpec[];
  /** The one bearer token that is accepted. */
  token: string;
  /** 30000 to 32767 when omitted. */
  nodePortRange?: [number, number];
  runtimes?: PodRuntime[];
  /** Without one, node ports are numbers only. */
  nodePortHost?: NodePortHost;
  /** Without one, claims hold nothing. */
  volumeHost?: VolumeHost;
  /** Whether a metrics-server runs there; false when omitted. */
  hasMetrics?: boolean;
  /** How often an idle watch hears a bookmark; 60 s as on a real server. */
  bookmarkEveryMs?: number;
  /** An API server alone, as envtest starts one: no controllers, no pods that run. */
  isBare?: boolean;
  /** Rhythms of the nodes; a real kubelet's where omitted. */
  timing?: Partial<KubeletTiming>;
  /** Asked before the common stages, first match wins. */
  stages?: ContainerStage[];
}
