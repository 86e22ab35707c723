import type {
  ClusterFacts,
  SpreadConstraint,
} from '@callboard/plugin-callboard-common';
import { Topology } from '../spread';
import { type Bits, makeBits, putBit } from './bits';

/** Which domain each cluster is in, for one topology key; -1 for none. */
export interface DomainColumn {
  topology: Topology;
  domainOf: Int32Array;
  /** Per domain the clusters in it. */
  members: Bits[];
  names: Map<string, number>;
  apps: number[];
}

/** Where clusters lie, shared by all apps that are spread over the same key. */
export class DomainTable {
  private readonly columns = new Map<string, DomainColumn>();
  private readonly clusters: ClusterFacts[];

  constructor(clusters: ClusterFacts[]) {
    this.clusters = clusters;
  }

  columnFor(constraint: SpreadConstraint, index: number): DomainColumn {
    const key = `${constraint.topologyKeyType} ${constraint.topologyKey}`;
    const column = this.columns.get(key) ?? {
      topology: new Topology(constraint, []),
      domainOf: new Int32Array(this.clusters.length).fill(-1),
      members: [],
      names: new Map<string, number>(),
      apps: [],
    };
    this.columns.set(key, column);
    column.apps.push(index);
    return column;
  }

  locateAll(): void {
    for (const column of this.columns.values()) {
      for (let index = 0; index < this.clusters.length; index += 1)
        this.locate(column, index);
    }
  }

  /** Locates one cluster again; answers the columns in which it moved. */
  locateCluster(index: number): DomainColumn[] {
    return [...this.columns.values()].filter(column =>
      this.locate(column, index),
    );
  }

  private locate(column: DomainColumn, index: number): boolean {
    const name = column.topology.domainOf(this.clusters[index]);
    const domain = name === undefined ? -1 : this.indexOf(column, name);
    const before = column.domainOf[index];
    if (domain === before) return false;
    if (before >= 0) putBit(column.members[before], index, false);
    if (domain >= 0) putBit(column.members[domain], index, true);
    column.domainOf[index] = domain;
    return true;
  }

  private indexOf({ names, members }: DomainColumn, name: string): number {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, members.length);
    members.push(makeBits(this.clusters.length));
    return members.length - 1;
  }
}
