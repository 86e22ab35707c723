import type { VolumeHost } from '../controllers';
import type {
  Address,
  ContainerStage,
  KubeletTiming,
  PodRuntime,
} from '../kubelet';

/** A node and its resources. */
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
  /**
   * Reserves a port; `target` is called per connection. Throws when `wanted`
   * belongs to another service, or no port is free.
   */
  reserve(input: {
    cluster: string;
    /** Namespace and name: `shop--dev/web`. */
    service: string;
    wanted?: number;
    range: [number, number];
    target: () => Address | undefined;
    /** Called with the reason when the port cannot be opened on this machine, and with undefined when it is open. */
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
  /** Without one, node ports are only numbers. */
  nodePortHost?: NodePortHost;
  /** Without one, claims hold no data. */
  volumeHost?: VolumeHost;
  /** Whether a metrics-server runs there; false when omitted. */
  hasMetrics?: boolean;
  /** Milliseconds between bookmarks of an idle watch; 60 s as on a real server. */
  bookmarkEveryMs?: number;
  /** An API server alone, as envtest starts one: no controllers, no running pods. */
  isBare?: boolean;
  /** Delays of the nodes; a real kubelet's where omitted. */
  timing?: Partial<KubeletTiming>;
  /** Matched before the built-in stages, first match wins. */
  stages?: ContainerStage[];
}
