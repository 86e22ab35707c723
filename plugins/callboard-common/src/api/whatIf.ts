import type { Taint } from '../domain';

/** A change of the fleet to rehearse. */
export type WhatIfChange =
  | { kind: 'cordon' | 'drain' | 'uncordon' | 'lose'; cluster: string }
  /** Without a value the label is taken away. */
  | { kind: 'label'; cluster: string; key: string; value?: string }
  | {
      kind: 'taint';
      cluster: string;
      key: string;
      value?: string;
      /** NoSelect when omitted. */
      effect?: Taint['effect'];
    }
  | { kind: 'untaint'; cluster: string; key: string }
  /** A blueprint, or a version of it, on one cluster or on all that run `running` now. */
  | {
      kind: 'blueprint';
      cluster?: string;
      running?: string;
      name: string;
      /** The one of the platform's files when omitted. */
      version?: number;
    }
  | {
      kind: 'add';
      cluster: string;
      labels?: Record<string, string>;
      claims?: Record<string, string>;
      clusterSet?: string;
      blueprint?: string;
      /** Not judged when omitted. */
      free?: { cpuMillicores?: number; memoryBytes?: number; pods?: number };
    };

export interface WhatIfQuestion {
  changes: WhatIfChange[];
}

/** What would become of all apps: the very decision that would be taken, compared with the one of now. */
export interface WhatIfReport {
  /** Instant of the facts. */
  at: string;
  /** `Draining eu-1 moves 3 apps; 1 has nowhere else to run` */
  sentence: string;
  moves: WhatIfMove[];
  noRoom: WhatIfShortage[];
  lostSpread: Array<{
    app: string;
    environment: string;
    environmentTitle: string;
    topologyKey: string;
    /** By how much it would be uneven. */
    skew: number;
  }>;
  /** Environments of apps that stay where they are. */
  stays: Array<{ app: string; environment: string; environmentTitle: string }>;
}

export interface WhatIfMove {
  app: string;
  environment: string;
  environmentTitle: string;
  from: string[];
  to: string[];
  /** Only where copies are divided over clusters. */
  copies?: WhatIfCopies;
}

/** How divided copies would go elsewhere. */
export interface WhatIfCopies {
  /** Copies that would start where they are not now. */
  moving: number;
  of: number;
  /** Clusters with another number of them, by name. */
  clusters: Array<{ cluster: string; before: number; after: number }>;
}

/** An app that would run on fewer clusters than it wants and than now, or that could not leave. */
export interface WhatIfShortage {
  app: string;
  environment: string;
  environmentTitle: string;
  wanted: number;
  found: number;
  /** Clusters it would have to leave and stays on until something takes its place. */
  stuck: string[];
  /** Only where copies are divided over clusters. */
  copies?: { wanted: number; found: number };
  /** Why no other cluster takes it, those that refuse for the same reasons together, most frequent first. */
  refused: WhatIfRefusal[];
}

export interface WhatIfRefusal {
  clusters: string[];
  reasons: Array<{ rule: string; message: string }>;
  /** The smallest change that would admit one of them. */
  remedy: string | null;
}
