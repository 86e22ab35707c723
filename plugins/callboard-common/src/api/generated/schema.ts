// Generated from plugins/callboard-backend/src/schema/openapi.yaml by `yarn generate:api`. Change the document instead.

/* eslint-disable */
import type { ReportedReason } from '../../domain/ReportedReason';
import type { Problem } from '../../problem/Problem';

export interface components {
  schemas: {
    /** @description An expected failure, as a value. What a person reads is made once, here, and is the same on pages, in the API, in `remote:` lines and in the journal. Words: capital first, no full stop, name the action, quote the values, give the current and the needed state. Never holds a secret */
    Problem: {
      code: components['schemas']['ProblemCode'];
      /** @description What did not work: `Cannot read "shop" on cluster "eu-1"` */
      what: string;
      /** @description Why: `the API server did not answer within 5 s` */
      why: string;
      /** @description What the reader can do now */
      next: string;
      /** @description True where trying again without a change may help */
      transient: boolean;
      /** @description Name of the workload that cannot be deployed */
      workload?: string;
      /** @description Where in a file of the user the fault lies. Lines and columns count from 1 */
      at?: components['schemas']['SourceLocation'];
      cause?: components['schemas']['Problem'];
    };
    /** @description Stable and greppable, kebab-case: `cluster-unreachable`. Maps to an HTTP status */
    ProblemCode: Problem['code'];
    /** @description A place in a file: `score.yaml`, `containers.web.image`, line 4 */
    SourceLocation: {
      file: string;
      path?: string;
      line?: number;
      column?: number;
    };
    /** @description A verdict with its grounds. `reason` is a code: one of Callboard's own, that of the finding that explains it, or the one that the object itself reports. `message` is a sentence in a developer's words */
    Health: {
      status: components['schemas']['HealthStatus'];
      reason:
        | components['schemas']['HealthReason']
        | components['schemas']['FindingCode']
        | components['schemas']['ReportedReason'];
      message: string;
    };
    /**
     * @description Callboard's own reasons of a verdict
     * @enum {string}
     */
    HealthReason:
      | 'AbleToScale'
      | 'Active'
      | 'AddressPending'
      | 'AllHealthy'
      | 'AllSuspended'
      | 'Available'
      | 'BelowBudget'
      | 'Bound'
      | 'BudgetKept'
      | 'Completed'
      | 'Cordoned'
      | 'Deleting'
      | 'DiskPressure'
      | 'Exists'
      | 'Explained'
      | 'Failed'
      | 'Growing'
      | 'InstanceRefused'
      | 'InstancesStarting'
      | 'InstancesUpdating'
      | 'JustStarted'
      | 'LastRunFailed'
      | 'LastRunSucceeded'
      | 'LastSeen'
      | 'Lost'
      | 'MemoryPressure'
      | 'Missing'
      | 'NeverSeen'
      | 'NeverSucceeded'
      | 'NodePortClosed'
      | 'NotAvailable'
      | 'NotDelivered'
      | 'NotObservedYet'
      | 'NotPlaced'
      | 'NotReadable'
      | 'NotReady'
      | 'NotThere'
      | 'NothingReleased'
      | 'NothingThere'
      | 'NothingWanted'
      | 'OOMKilled'
      | 'OldInstancesEnding'
      | 'PIDPressure'
      | 'Paused'
      | 'Pending'
      | 'Placed'
      | 'Placing'
      | 'Present'
      | 'ProgressDeadlineExceeded'
      | 'Reachable'
      | 'Ready'
      | 'Releasing'
      | 'Removing'
      | 'Reported'
      | 'Restarted'
      | 'RollingOut'
      | 'RolloutHalted'
      | 'RolloutSuspended'
      | 'Running'
      | 'ScaledToZero'
      | 'Scheduled'
      | 'Starting'
      | 'Stopped'
      | 'Stopping'
      | 'Suspended'
      | 'TaskRunning'
      | 'Unknown'
      | 'UnknownPhase'
      | 'Unschedulable'
      | 'Waiting';
    /** @description Reason of a condition, a pod or a container in the words of the cluster or of the operator that wrote it, such as `CrashLoopBackOff`; also what a platform's health rule reads. The set is open: never decide by it */
    ReportedReason: ReportedReason;
    /**
     * @description How well do we know? `stale` past its deadline, `unreachable` once the connection is known to be gone
     * @enum {unknown}
     */
    Freshness: 'live' | 'stale' | 'unreachable';
    /** @description Immutable; numbers count up per app */
    Release: {
      number: number;
      /** @description Full commit id */
      revision: string;
      message: string;
      /** @description As git says: `Ana <ana@example.com>` */
      author: string;
      /** Format: date-time */
      createdAt: string;
    };
    /** @description A release with what it is made of */
    ReleaseDetails: {
      number: number;
      /** @description Full commit id */
      revision: string;
      message: string;
      author: string;
      /** Format: date-time */
      createdAt: string;
      /** @description Entity reference of who pushed it */
      createdBy: string;
      workloads: {
        name: string;
        images: {
          [key: string]: string;
        };
      }[];
      /** @description `builder`: names of all that made something of it, joined by `+` */
      build: {
        builder: string;
        /** Format: date-time */
        startedAt: string;
        /** Format: date-time */
        finishedAt?: string;
      };
      /** @description Where it is the wanted release now */
      environments: string[];
      /** @description How it did wherever it was; empty when it was nowhere */
      outcomes: components['schemas']['ReleaseOutcome'][];
      /** @description Of images that Callboard made; the documents are under `/sbom` and `/provenance` of the release */
      evidence?: components['schemas']['ImageEvidence'][];
      /** @description What its builds warned of */
      warnings?: string[];
      /** @description Which lockfile its dependencies came from; absent where it has none */
      lockfile?: components['schemas']['ReleaseLockfile'];
      /** @description Present where the images were built elsewhere */
      origin?: components['schemas']['ReleaseOrigin'];
      /**
       * Format: date-time
       * @description Since when it cannot run until its commit is built again
       */
      imagesRemovedAt?: string;
    };
    BuildLog: {
      /** @description Commit id */
      revision: string;
      /** @enum {string} */
      state: 'building' | 'succeeded' | 'failed';
      /** @description Plain text, without what is secret; a line says how many are left out */
      lines: string[];
      /** @description Lines that are not kept */
      leftOut: number;
    };
    /** @description The lockfile that dependencies came from; not pushed: the build resolved the versions */
    ReleaseLockfile: {
      /** @description `package-lock.json` */
      path: string;
      /** @description `sha256:…` of its text */
      digest: string;
      /** @description False where the build resolved the versions; then the file lies beside the code in what was built */
      isPushed: boolean;
    };
    /** @description How a release did in one environment */
    ReleaseOutcome: {
      environment: string;
      /**
       * Format: date-time
       * @description When it came there first
       */
      since: string;
      /** @enum {unknown} */
      kind:
        | 'healthy'
        | 'not-healthy-yet'
        | 'rolled-back'
        | 'never-healthy'
        | 'replaced';
      /** @description Its approval there; absent where nobody had to approve */
      approval?: components['schemas']['Approval'];
      /** @description Clusters that were seen to run it well */
      healthyOn: string[];
      /** @description What took its place */
      next?: {
        release: number;
        change: components['schemas']['ReleaseChange'];
        by: string;
        /** Format: date-time */
        at: string;
      };
      /** @description In words, without full stop */
      sentence: string;
    };
    /** @description What is attached to an image in its registry */
    ImageEvidence: {
      /** @description `registry/repository@sha256:…` */
      image: string;
      /** @description What is inside (CycloneDX) */
      sbom: {
        digest: string;
        mediaType: string;
        components: number;
      };
      /** @description Where it came from (SLSA) */
      provenance: {
        digest: string;
        mediaType: string;
        /** @description Who built it, as a URI */
        builder: string;
        /** @description The image it was built upon */
        base?: string;
      };
    };
    App: {
      name: string;
      title: string;
      /** @description Entity reference */
      owner: string;
      system?: string;
      /** @description What it is for */
      description?: string;
      repository: {
        cloneUrl: string;
      };
      environments: components['schemas']['AppEnvironment'][];
      /** @description The answer in words */
      sentence: string;
      /** Format: date-time */
      createdAt: string;
      /** @description A push whose build is under way or failed; absent when the newest push is a release */
      build?: components['schemas']['BuildStatus'];
      lastChange?: components['schemas']['JournalEntry'];
      /** @description What the person who asks may do with it */
      viewer?: components['schemas']['AppViewer'];
    };
    BuildStatus: {
      revision: string;
      message: string;
      author: string;
      /** @enum {unknown} */
      state: 'building' | 'failed';
      /** Format: date-time */
      startedAt: string;
      problem?: components['schemas']['Problem'];
    };
    EnvironmentOperation: {
      /** @enum {string} */
      state: 'running' | 'stopped';
      /** @description Instead of what the files say */
      replicas?: number;
      /** @description Who said so last */
      by: string;
      /** Format: date-time */
      at: string;
      why?: string;
    };
    ActionRequest: {
      /** @enum {string} */
      action: 'stop' | 'start' | 'restart' | 'scale';
      /** @description Of `scale`, for each workload; as many as the files say when omitted */
      replicas?: number;
      /** @description For the journal */
      why?: string;
      /** @description Of `restart`: asked again with the same one, nothing is restarted again */
      requestId?: string;
    };
    /** @description Confirms a removal; not needed with `dryRun` */
    RemovalRequest: {
      /** @description The name of the app */
      confirm?: string;
      /** @description For the journal */
      why?: string;
    };
    /** @description What is to be another; what is left out stays */
    AppChangeRequest: {
      /** @description Empty for the name of the app */
      title?: string;
      /** @description Empty for none */
      description?: string;
      /** @description User or group of the catalog, such as group:default/payments */
      owner?: string;
      /** @description For the journal */
      why?: string;
    };
    /** @description What another title, description or owner of an app means */
    AppChange: {
      /** @description False where it is so already */
      changes: boolean;
      /** @description What it does */
      message: string;
      /** @description What to know before */
      notes: string[];
    };
    /** @description What ends with an app, or with its part in an environment */
    AppRemoval: {
      /** @description What it does */
      message: string;
      /** @description What to know before */
      notes: string[];
      /** @description Those that it leaves */
      environments: {
        environment: string;
        title: string;
        release: number;
        clusters: {
          cluster: string;
          freshness: components['schemas']['Freshness'];
          /** @description That it is to run now */
          instances: number;
        }[];
      }[];
      /** @description What stays on clusters, where somebody deletes it by name */
      data: components['schemas']['DataLeft'][];
    };
    EnvironmentAction: {
      /** @enum {string} */
      action: 'stop' | 'start' | 'restart' | 'scale';
      /** @description False where it is so already */
      changes: boolean;
      /** @description What it does */
      message: string;
      /** @description What to know before */
      notes: string[];
      clusters: {
        cluster: string;
        freshness: components['schemas']['Freshness'];
        /** @description That it is to run now */
        instances: number;
        /** @description That it is to run afterwards */
        then: number;
      }[];
    };
    /** @description An address of an app in an environment */
    EnvironmentAddress: {
      url: string;
      /** @description Whether a gateway, or what takes Ingresses, of one of its clusters leads there, or its Service has an address */
      accepted: boolean;
      /** @description What the portal found when it asked there; absent before it did, for the past, and where no cluster leads there */
      probe?: components['schemas']['AddressProbeView'];
    };
    /** @description What the portal found at an address, and since when */
    AddressProbeView: {
      /** @enum {string} */
      state:
        | 'answers'
        | 'fails'
        | 'unresolved'
        | 'refuses'
        | 'silent'
        | 'certificate-expired'
        | 'certificate-of-other-host'
        | 'certificate-untrusted'
        | 'no-tls'
        | 'no-http'
        | 'out-of-reach';
      /** Format: date-time */
      since: string;
      /**
       * Format: date-time
       * @description When it was last seen to be so
       */
      checkedAt: string;
      /** @description It was not looked at for so long that nobody knows how it is now */
      stale: boolean;
      /** @description From dialling to the first bytes of the answer */
      ms?: number;
      /** @description Of the HTTP answer */
      status?: number;
      /** Format: date-time */
      certificateEndsAt?: string;
      /** @description DNS records that would lead there, of a name that does not resolve, where clusters say their addresses */
      records?: {
        /** @enum {string} */
        type: 'A' | 'AAAA' | 'CNAME';
        value: string;
      }[];
      /** @description Gateway whose address the record should have, of a name that does not resolve */
      gateway?: string;
    };
    AppEnvironment: {
      name: string;
      title: string;
      release: components['schemas']['Release'] | null;
      /** @description Number of the newest change of the settings that `release` has on a cluster; absent where nothing is set */
      settings?: number;
      /** @description Actor and time of the push or promotion that brought `release` here */
      releasedBy?: string;
      /** Format: date-time */
      releasedAt?: string;
      health: components['schemas']['Health'];
      freshness: components['schemas']['Freshness'];
      clusters: components['schemas']['DeploymentView'][];
      /** @description Where people open it: at its address in the environment or by its own name where it has one, else at a cluster where it is Healthy; absent while it has no address */
      url?: string;
      /** @description Where it answers in an environment that gives apps addresses, whichever cluster does; absent where it gives none */
      addresses?: components['schemas']['EnvironmentAddress'][];
      findings: components['schemas']['Finding'][];
      placement: {
        satisfied: boolean;
        wanted?: number;
        chosen: number;
        message: string;
      } | null;
      /** @description That somebody stopped or scaled it; absent where nobody did */
      operation?: components['schemas']['EnvironmentOperation'];
      /** @description The newest rollout; absent where releases go everywhere at once */
      rollout?: components['schemas']['RolloutSummary'];
      /** @description From which environment it is promoted; absent for the first one */
      promotion?: {
        from: string;
        /** @description Release that may go on; null where both have the same */
        candidate: number | null;
        /** @description What its promotion would be; absent without a candidate, and where nothing runs yet */
        change?: components['schemas']['ReleaseChange'];
        blockedBy?: components['schemas']['Problem'];
        /** @description Entity reference of who must approve */
        approval?: string;
        /** @description The candidate was there before and was rolled back */
        rolledBack?: {
          to: number;
          by: string;
          /** Format: date-time */
          at: string;
        };
      };
      /** @description What prevents the release from being deployed at all, where something does */
      problem?: components['schemas']['Problem'];
    };
    /** @description One cluster of a rollout */
    RolloutCell: {
      cluster: string;
      /** @enum {unknown} */
      state:
        | 'to-apply'
        | 'progressing'
        | 'soaking'
        | 'done'
        | 'failed'
        | 'timed-out'
        | 'skipped'
        | 'deferred';
      /**
       * Format: date-time
       * @description When it is through (soaking), or given up
       */
      until?: string;
      /**
       * Format: date-time
       * @description Since when it has failed or cannot be reached
       */
      since?: string;
      why?: string;
    };
    /** @description One app in one environment on one cluster */
    DeploymentView: {
      cluster: string;
      /** @description Observed there */
      release: number | null;
      /** @description Desired there; null while it is being removed */
      desiredRelease: number | null;
      /** @description Number of the last change of the settings that `desiredRelease` has there; absent where nothing is set */
      settings?: number;
      sync: components['schemas']['SyncStatus'];
      health: components['schemas']['Health'];
      freshness: components['schemas']['Freshness'];
      /** @description When the cluster was last in contact; null when never */
      observedAt: string | null;
      /**
       * @description Callboard started a moment ago and has had no contact with it since: the state is of `observedAt`
       * @constant
       */
      reading?: true;
      /** @description The first of `urls`; absent without one */
      url?: string;
      urls: string[];
      instances: {
        ready: number;
        wanted: number;
      };
      /** @description Another release whose instances are ready while the wanted one is not healthy */
      serving?: {
        release: number;
        ready: number;
      };
      /** @description Replicas desired there; only where they are divided over clusters */
      replicas?: {
        here: number;
        of: number;
      };
      /** @description Workloads that run by the clock; absent where there is none */
      runs?: components['schemas']['ScheduledRuns'][];
      /**
       * @description The cluster is being drained: the app moves away, or no other takes it
       * @enum {unknown}
       */
      drain?: 'moving' | 'stuck';
      /** @description For people: region, blueprint and title of the cluster */
      region?: string;
      title?: string;
      blueprint?: string;
    };
    /** @description When a workload runs, how its last run ended and when the next one comes, on one cluster */
    ScheduledRuns: {
      workload: string;
      /** @description As the cluster has it */
      schedule: string;
      /** @description Of the schedule; absent where it is the cluster's own */
      timeZone?: string;
      /**
       * @description Nothing is run until somebody says otherwise
       * @constant
       */
      suspended?: true;
      /** @description When it was due, and how it ended; null until there was one */
      last: {
        /** Format: date-time */
        at: string;
        /** @enum {unknown} */
        ended: 'succeeded' | 'failed' | 'running';
      } | null;
      /** @description After the instant that is looked at; null where none comes. A cluster's own time zone is taken for UTC */
      next: string | null;
    };
    /** @description What is wrong, in a developer's words: the first card of the app's page and the last lines of a failed push */
    Finding: {
      code: components['schemas']['FindingCode'];
      /** @description `shop cannot start in dev: it ends with exit code 3 right after start` */
      what: string;
      /** @description The end of it, without app and environment: `it ends with exit code 3 right after start` */
      cause?: string;
      /** @description Grounds as short labelled facts: exit code, probe's answer, limit and peak */
      evidence: components['schemas']['FindingEvidence'][];
      /** @description The error in the output, first, then where in the code it arose; absent where the output names none */
      excerpt?: string[];
      /** @description Last lines of the output, oldest first; at most 20 lines of 500 characters */
      logTail: string[];
      /**
       * Format: date-time
       * @description RFC 3339
       */
      since?: string;
      /** @description What changed just before, where the record knows it */
      changedBefore?: string;
      /** @description What to do next */
      next: string;
      /**
       * @description How sure: the cause was named by the cluster, or is what fits best
       * @enum {unknown}
       */
      confidence: 'certain' | 'likely';
      /** @description Waiting longer cannot mend it: only another release or a person can */
      conclusive?: boolean;
      cluster?: string;
      workload?: string;
    };
    Cluster: {
      name: string;
      title: string;
      /** @description Those that count: set by hand, then as the cluster's source says */
      labels: {
        [key: string]: string;
      };
      /** @description Which of the labels people set by hand; absent where none is */
      labelsByHand?: components['schemas']['LabelsByHand'];
      claims: {
        [key: string]: string;
      };
      taints: {
        key: string;
        value?: string;
        effect: string;
      }[];
      freshness: components['schemas']['Freshness'];
      observedAt: string | null;
      /**
       * @description Callboard started a moment ago and has had no contact with it since: the state is of `observedAt`
       * @constant
       */
      reading?: true;
      connection: components['schemas']['ClusterConnectionStatus'];
      blueprint: components['schemas']['ClusterBlueprint'] | null;
      /** @description Files contradict each other about what it runs; what it ran before stays */
      blueprintProblem?: components['schemas']['Problem'];
      scheduling: components['schemas']['ClusterScheduling'];
      health: components['schemas']['Health'];
      /** @description Workloads and apps that run here */
      apps: components['schemas']['ClusterApp'][];
      nodes: {
        ready: number;
        total: number;
      };
      /** @description Progress of a cluster that joins by dialing out; absent for those that are dialed */
      join?: components['schemas']['ClusterJoin'];
      capacity?: components['schemas']['ClusterResources'];
      /** @description Sum of what all pods request here: Callboard's, and those of others as far as the cluster tells of them */
      requested?: components['schemas']['ClusterResources'];
      /** @description The part of it that is not Callboard's */
      requestedByOthers?: components['schemas']['ClusterResources'];
      sentence: string;
    };
    /** @description Progress of a cluster that joins by dialing out */
    ClusterJoin: {
      /**
       * Format: date-time
       * @description When the token expires; absent once it was used
       */
      expiresAt?: string;
      /** @description All six, in their order */
      steps: components['schemas']['JoinStep'][];
    };
    /** @description Whether it takes apps */
    ClusterScheduling:
      | {
          /** @constant */
          state: 'open';
        }
      | {
          /** @constant */
          state: 'cordoned';
          /** Format: date-time */
          since: string;
          /** @description Entity reference of who did it */
          by: string;
          why?: string;
        }
      | {
          /** @constant */
          state: 'draining';
          left: components['schemas']['DrainingApp'][];
          /** Format: date-time */
          since: string;
          /** @description Entity reference of who did it */
          by: string;
          why?: string;
        }
      | {
          /** @constant */
          state: 'drained';
          /** Format: date-time */
          since: string;
          /** @description Entity reference of who did it */
          by: string;
          why?: string;
        };
    /** @description An app that has not left yet */
    DrainingApp: {
      app: string;
      environment: string;
      environmentTitle: string;
      /**
       * @description `stuck`: nothing takes it, and it stays until something does
       * @enum {unknown}
       */
      state: 'moving' | 'stuck';
      /** @description Clusters that take its place */
      to: string[];
      /** @description What it waits for */
      message: string;
    };
    /** @description Labels that people set by hand; they override the source's */
    LabelsByHand: {
      labels: {
        [key: string]: string;
      };
      /** @description What the source says instead */
      replaced: {
        [key: string]: string;
      };
      /** @description Entity reference of who did it last */
      by: string;
      /** Format: date-time */
      since: string;
    };
    LabelChange: {
      /** @description By key; null takes away what was set by hand */
      labels: {
        [key: string]: string | null;
      };
      /** @description In words, for the journal */
      why?: string;
    };
    SchedulingChange: {
      /** @description In words, for the journal */
      why?: string;
    };
    WhatIfQuestion: {
      changes: components['schemas']['WhatIfChange'][];
    };
    /** @description A change of the fleet to rehearse */
    WhatIfChange:
      | {
          /** @enum {unknown} */
          kind: 'cordon' | 'drain' | 'uncordon' | 'lose';
          cluster: string;
        }
      | {
          /** @enum {unknown} */
          kind: 'label';
          cluster: string;
          key: string;
          value?: string;
        }
      | {
          /** @enum {unknown} */
          kind: 'taint';
          cluster: string;
          key: string;
          value?: string;
          /** @enum {unknown} */
          effect?: 'NoSelect' | 'PreferNoSelect' | 'NoSelectIfNew';
        }
      | {
          /** @enum {unknown} */
          kind: 'untaint';
          cluster: string;
          key: string;
        }
      | {
          /** @enum {unknown} */
          kind: 'blueprint';
          cluster?: string;
          running?: string;
          name: string;
          version?: number;
        }
      | {
          /** @enum {unknown} */
          kind: 'add';
          cluster: string;
          labels?: {
            [key: string]: string;
          };
          claims?: {
            [key: string]: string;
          };
          clusterSet?: string;
          blueprint?: string;
          free?: {
            cpuMillicores?: number;
            memoryBytes?: number;
            pods?: number;
          };
        };
    /** @description What would become of all apps: the very decision that would be taken, compared with the one of now */
    WhatIfReport: {
      /**
       * Format: date-time
       * @description Instant of the facts
       */
      at: string;
      /** @description The answer in words */
      sentence: string;
      moves: components['schemas']['WhatIfMove'][];
      shortages: components['schemas']['WhatIfShortage'][];
      lostSpread: {
        app: string;
        environment: string;
        environmentTitle: string;
        topologyKey: string;
        /** @description By how much it would be uneven */
        skew: number;
      }[];
      /** @description Environments of apps that stay where they are */
      stays: {
        app: string;
        environment: string;
        environmentTitle: string;
      }[];
      /** @description Data of apps that leave a cluster, by app, environment and cluster: it is kept there until somebody deletes it by name */
      data: components['schemas']['DataLeft'][];
    };
    /** @description Data of an app that stays on a cluster, used by nobody */
    DataLeft: {
      app: string;
      environment: string;
      environmentTitle: string;
      /** @description Where the data stays */
      cluster: string;
      resources: components['schemas']['DataResource'][];
      /** @description What becomes of it, and how it is brought along */
      sentence: string;
      /** @description Whether it is deleted by name afterwards, with what the app left; what is not is deleted on the cluster itself */
      isListed: boolean;
      /** @description What a person runs to delete it without Callboard */
      deletedBy: string;
    };
    /** @description Data that an app left on a cluster, kept until somebody deletes it */
    KeptData: {
      app: string;
      environment: string;
      environmentTitle: string;
      /** @description Where the data stays */
      cluster: string;
      /** @description False where Callboard does not reach the data any more */
      isClusterRegistered: boolean;
      /** @description Whether the reader may delete it */
      mayDelete: boolean;
      resources: components['schemas']['DataResource'][];
      /** Format: date-time */
      since: string;
      /** @description What becomes of it */
      sentence: string;
      /** @description What a person runs to delete it without Callboard */
      deletedBy: string;
      /** @description Somebody wants it deleted, and it is not yet */
      deletion?: {
        by: string;
        problem?: components['schemas']['Problem'];
      };
    };
    /** @description What becomes of data that is to be deleted */
    DataDeletion: {
      /** @description It was only struck off the list; who reaches the cluster deletes it there */
      isForgotten: boolean;
    };
    /** @description A resource of an app that keeps data */
    DataResource: {
      /** @description Its id, or the name that its workload has for it */
      name: string;
      type: string;
    };
    /** @description What `POST /clusters` takes */
    NewCluster: {
      name: string;
      labels?: {
        [key: string]: string;
      };
      /** @description Name of a blueprint; the cluster has none when omitted */
      blueprint?: string;
      /** @description How people reach the apps that run there */
      exposure?: {
        /** @enum {unknown} */
        type: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
        host?: string;
      };
    };
    /** @description What lets one agent in, once. The token is not kept. */
    ClusterRegistration: {
      name: string;
      join: components['schemas']['JoinCommand'];
    };
    /** @description What `DELETE /clusters/{cluster}` answers */
    RemovedCluster: {
      name: string;
      /** @description What ran there, and goes where placement says */
      apps: components['schemas']['ClusterApp'][];
      /** @description What they keep there, where Callboard does not reach it */
      data: components['schemas']['DataLeft'][];
    };
    ClusterApp: {
      app: string;
      environment: string;
      environmentTitle: string;
      release: number | null;
      health: components['schemas']['Health'];
    };
    ClusterBlueprint: {
      name: string;
      version: number;
      /** @description The version that was applied last; null before the first */
      runs?: number | null;
      /** @description What it follows, and which file says so where it is not its own: `edge, channel stable`, `edge, version 1`, `edge, by cluster set "shops"` */
      follows?: string;
      /** @description Versions that it may be brought to, the newest first */
      mayRun?: number[];
      /** @enum {unknown} */
      state: 'pending' | 'applying' | 'applied' | 'failed' | 'unknown';
      message: string;
      drift: components['schemas']['DriftItem'][];
      addons: {
        name: string;
        description?: string;
        objects: number;
        health: components['schemas']['Health'];
      }[];
    };
    /** @description What deployed an object, as its labels and annotations say. Anyone who may write the object may write these */
    Deployer: {
      /** @enum {unknown} */
      tool: 'Helm' | 'Argo CD' | 'Flux' | 'kubectl' | 'unknown';
      /** @description The Helm release, Application, Kustomization or HelmRelease */
      name?: string;
    };
    ObservedWorkload: {
      kind: string;
      name: string;
      namespace: string;
      /** @description Of its containers, at most 10 */
      images: string[];
      /** @description Absent for what has no number of its own, such as a Job */
      instances?: {
        ready: number;
        wanted: number;
      };
      health: components['schemas']['Health'];
      deployer: components['schemas']['Deployer'];
    };
    /** @description What runs of a component on one cluster */
    ObservedPlacement: {
      cluster: string;
      title?: string;
      region?: string;
      health: components['schemas']['Health'];
      freshness: components['schemas']['Freshness'];
      /** @description When the cluster was last in contact, RFC 3339 */
      observedAt: string | null;
      /** @description How many objects carry the label and are judged */
      objects: number;
      /** @description By namespace, kind and name; at most 50 */
      workloads: components['schemas']['ObservedWorkload'][];
      /** @description What is wrong, read from the objects alone: no event and no output is read of what others deployed */
      findings: components['schemas']['Finding'][];
    };
    ObservedChange: {
      /**
       * Format: date-time
       * @description RFC 3339
       */
      at: string;
      cluster: string;
      /** @description `web runs shop:1.2 instead of shop:1.1 on eu-1` */
      sentence: string;
    };
    /** @description A Component of the catalog whose objects others deployed. Callboard reads them and has no operation that changes them */
    ObservedApp: {
      entityRef: string;
      /** @description What its objects carry, `backstage.io/kubernetes-id=shop` */
      label: string;
      /** @description The only namespace in which objects count */
      namespace?: string;
      /**
       * Format: date-time
       * @description From when on history is kept, RFC 3339
       */
      since: string;
      sentence: string;
      health: components['schemas']['Health'];
      /** @description By cluster; only clusters on which there is something */
      placements: components['schemas']['ObservedPlacement'][];
      /** @description Clusters of which nobody can say whether it runs there, with the reason */
      unread: {
        cluster: string;
        title?: string;
        why: string;
      }[];
      /** @description What changed since `since`, the newest first; at most 50 */
      changes: components['schemas']['ObservedChange'][];
    };
    /** @description One environment of an app: where it should run, where it does, and how that is known */
    AuditRow: {
      app: string;
      title: string;
      owner: string;
      environment: string;
      environmentTitle: string;
      /** @description That shall run */
      release: number;
      /** @description What answers where that one does not run yet: `release 1 still answers` */
      serving?: string;
      /** @description How it is on all its clusters together; Unknown where they are not observed */
      health: components['schemas']['Health'];
      verdict: components['schemas']['AuditVerdict'];
      /** @description The verdict in words, times in UTC */
      explanation: string;
      decided: string[];
      /** @description Where it runs as last observed */
      actual: string[];
      blueprint?: components['schemas']['AuditBlueprint'];
      /**
       * Format: date-time
       * @description When its placement was decided
       */
      decidedAt?: string;
      /** @description When each of its clusters was observed last; null for never */
      observed: {
        cluster: string;
        at: string | null;
      }[];
    };
    /** @description Does every app run on all the right clusters, and only there? */
    Audit: {
      /**
       * Format: date-time
       * @description The instant it is about
       */
      at: string;
      /** @description Of all rows, not only of this page; times in UTC */
      sentence: string;
      items: components['schemas']['AuditRow'][];
      nextCursor?: string;
    };
    /** @description What `?at=` can ask for */
    History: {
      /**
       * Format: date-time
       * @description The first instant that is known
       */
      since: string;
      /** @description The time without a record that "at" lies in: what is shown there was known before it */
      gap?: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
        cause: components['schemas']['RecordGapCause'];
        sentence: string;
      };
    };
    /** @description What is kept, and what the next sweep removes */
    Retention: {
      /** @description So many of the newest releases of each app keep their images, beside those that run or would be gone back to */
      releases: number;
      /** @description Images of older releases, by app */
      images: {
        app: string;
        image: string;
        /** @description Those that cannot run without it */
        releases: number[];
        /** @description What its removal frees: parts that no other image needs */
        bytes: number;
      }[];
      /** @description What ended pushes and builds left behind */
      leftovers: {
        count: number;
        bytes: number;
      };
      /** @description All of it */
      bytes: number;
      /** @description Why it may be incomplete, or cannot be removed */
      problems: components['schemas']['ApiError'][];
    };
    /** @description What `GET /fleet/joining` answers: why no cluster can be added now, where none can */
    Joining: {
      problem?: components['schemas']['Problem'];
    };
    /** @description Releases and incidents of an app in a window of time */
    Timeline: {
      /** Format: date-time */
      from: string;
      /**
       * Format: date-time
       * @description End of the window, at most the instant that was asked for
       */
      to: string;
      /**
       * Format: date-time
       * @description Later than from where history began later or too much happened
       */
      drawnFrom: string;
      /**
       * @description The window begins where history does
       * @constant
       */
      beginsWithHistory?: true;
      lanes: components['schemas']['TimelineLane'][];
      /** @description Times in which nothing was recorded of any lane */
      gaps: components['schemas']['RecordGap'][];
      /** @description How many of each there are beyond the limits */
      leftOut: {
        lanes: number;
        bars: number;
        marks: number;
        settings: number;
      };
    };
    JournalEntry: {
      /** @description Position in the journal; absent for who may not see every app, as gaps would count what happened to others */
      sequence?: number;
      /**
       * Format: date-time
       * @description When it happened
       */
      at: string;
      /**
       * Format: date-time
       * @description When it was told, where that was later: an agent had no Callboard to tell it to
       */
      recordedAt?: string;
      /** @description Entity reference, or `system:placement` for what Callboard did by itself */
      actor: string;
      /** @description `app.created`, `release.created`, `release.promoted`, `deployment.health`, `cluster.unreachable`, .. */
      action: string;
      app?: string;
      environment?: string;
      cluster?: string;
      release?: number;
      /** @description Full commit id, of entries about a push */
      revision?: string;
      /** @description First line of the commit, of an entry that a push was taken */
      commitMessage?: string;
      /** @description In words */
      message: string;
      why?: string;
      /** @description sha256 over this entry and the one before. For who may not see every app a text that tells entries apart and nothing else: guesses at the entry before could be tried against the hash */
      hash: string;
    };
    /** @description What the instances of an app use in an environment */
    AppUsage: {
      clusters: components['schemas']['ClusterUsage'][];
      advice: components['schemas']['UsageAdvice'][];
    };
    /** @description What the instances of an app use on a cluster */
    ClusterUsage: {
      cluster: string;
      traffic: components['schemas']['ClusterTraffic'];
      /**
       * @description live is measured within three minutes; not-served is a cluster without metrics-server
       * @enum {string}
       */
      state:
        | 'live'
        | 'stale'
        | 'not-served'
        | 'refused'
        | 'failed'
        | 'awaited'
        | 'stopped';
      /** @description What is not known, where the numbers are not of now */
      what?: string;
      next?: string;
      /**
       * Format: date-time
       * @description When the cluster said last what instances use
       */
      measuredAt?: string;
      instances: {
        name: string;
        workload: string;
        containers: components['schemas']['ContainerUsage'][];
      }[];
      /** @description The last seven days */
      series: components['schemas']['UsageSeries'][];
    };
    /** @description Requests of the last five minutes, as a Prometheus of the cluster counts them; a number that nobody counts is absent */
    ClusterTraffic: {
      /**
       * @description live was asked within three minutes; no-data is a Prometheus without a request of the app
       * @enum {string}
       */
      state:
        | 'live'
        | 'stale'
        | 'not-configured'
        | 'no-data'
        | 'refused'
        | 'failed'
        | 'awaited'
        | 'stopped';
      /** @description Why there are no numbers of now */
      what?: string;
      next?: string;
      /**
       * Format: date-time
       * @description When Prometheus was asked
       */
      measuredAt?: string;
      /**
       * @description Who counted
       * @enum {string}
       */
      source?: 'istio' | 'envoy-gateway' | 'ingress-nginx' | 'app';
      requestsPerSecond?: number;
      /** @description Answers of 500 and above */
      errorsPerSecond?: number;
      /** @description 95 of 100 answers came within it */
      p95Seconds?: number;
    };
    /** @description What a container uses; neither number where its cluster does not say it */
    ContainerUsage: {
      name: string;
      cpuMillicores?: number;
      memoryBytes?: number;
      requests: components['schemas']['ContainerAmounts'];
      limits: components['schemas']['ContainerAmounts'];
      restarts: number;
    };
    ContainerAmounts: {
      cpuMillicores?: number;
      memoryBytes?: number;
    };
    /** @description The most that any instance of a container used within each step, oldest first; without a point where nothing was measured */
    UsageSeries: {
      workload: string;
      container: string;
      stepSeconds: number;
      points: {
        /** Format: date-time */
        at: string;
        cpuMillicores: number;
        memoryBytes: number;
      }[];
    };
    /** @description A change of app.yaml that what was measured speaks for */
    UsageAdvice: {
      /** @enum {string} */
      kind: 'lower-request' | 'raise-limit';
      workload: string;
      container: string;
      sentence: string;
      next: string;
      /** @description Lines of app.yaml */
      lines: string;
    };
    /** @description The objects of one deployment, for who wants to see them. Data of Secrets is never included */
    KubernetesView: {
      cluster: string;
      namespace: string;
      command: string;
      objects: {
        yaml: string;
        kind: string;
        name: string;
        health: components['schemas']['Health'] | null;
        /** @description The object that made this one, where one did */
        owner?: {
          kind: string;
          name: string;
        };
      }[];
      events: {
        /** Format: date-time */
        at: string;
        type: string;
        reason: string;
        message: string;
        object: string;
      }[];
    };
    CatalogInfo: {
      revision: string | null;
      text: string | null;
    };
    /** @description How the playground keeps pushed code apart on the portal's machine */
    PlaygroundIsolation: {
      /** @enum {unknown} */
      kind: 'namespaces' | 'users' | 'none';
      /** @description In words */
      says: string;
      /** @description Which limits hold, in words */
      limits: string;
      /** @description Whether databases of apps run here, in words */
      databases: string;
    };
    Power: {
      on: boolean;
    };
    /** @description What a release changes on clusters, by what is rendered of it */
    ReleaseDiff: {
      environment: string;
      /** @description The release it is compared with; absent where the environment has none */
      from?: number;
      release: number;
      sentence: string;
      /** @description Clusters where the same changes, by name; those where nothing does are left out */
      groups: components['schemas']['ClusterDiff'][];
      /** @description What it runs once before or after itself, on one of its clusters; what has succeeded for this release and environment is left out */
      tasks: components['schemas']['TaskRun'][];
      /** @description Data that clusters have of the release that is there and that is left behind: where the app leaves them, or the release does not ask for it */
      data: components['schemas']['DataLeft'][];
    };
    /** @description A task that a release would run */
    TaskRun: {
      workload: string;
      /** @enum {unknown} */
      phase: 'before-release' | 'after-release';
      /** @description Whether the release it is compared with has it too */
      again: boolean;
    };
    ClusterDiff: {
      clusters: string[];
      /** @description Sorted by kind and name, at most 200 */
      objects: components['schemas']['ObjectDiff'][];
      /** @description Objects that are left out */
      more: number;
    };
    ObjectDiff: {
      /** @enum {unknown} */
      change: 'added' | 'changed' | 'removed';
      apiVersion: string;
      kind: string;
      name: string;
      /** @description Of one that is changed; sorted by path, at most 100 */
      fields: components['schemas']['FieldDiff'][];
      /** @description Fields that are left out */
      more: number;
    };
    FieldDiff: {
      path: string;
      /** @description Shortened, JSON where it is no text; `(secret)` for what is one; absent where the field is new */
      before?: string;
      /** @description Absent where the field is gone */
      after?: string;
    };
    Promotion: {
      release: number;
      /** @description Release that is there now, null for none: 409 when it is another one by now */
      replaces?: number | null;
      /** @description In words, for the journal */
      why?: string;
    };
    Steering: {
      /** @description Of the rollout as it was read: 409 when the action would do something else by now */
      version?: string;
    };
    NewApp: {
      name: string;
      /** @description Entity reference; one that you act for */
      owner: string;
      /** @description Text of every file of the repository, by path */
      files: {
        [key: string]: string;
      };
      message?: string;
    };
    /** @description A branch of a repository elsewhere that an app follows */
    AppSource: {
      url: string;
      branch: string;
      /** @description Folder of the repository that is the app */
      path?: string;
      /** @description Entity reference */
      connectedBy: string;
      /** Format: date-time */
      connectedAt: string;
      /** @description The last one of the branch that was judged */
      commit?: string;
      /** @description The app's own commit for it; of an earlier one where the last was refused */
      revision?: string;
      /**
       * Format: date-time
       * @description When the branch was asked last
       */
      checkedAt?: string;
      /** @description Why the newest commit is not released, or not known */
      problem?: components['schemas']['Problem'];
    };
    AppSourceAnswer: {
      /** @description Absent where the app's code is pushed to the portal */
      source?: components['schemas']['AppSource'];
      /** @description Whose repositories may be followed, for people */
      hosts: string[];
    };
    NewAppSource: {
      /** @description As git clones it over HTTPS, without user and password */
      url: string;
      /** @description main when omitted */
      branch?: string;
      /** @description Folder of the repository that is the app; all of it when omitted */
      path?: string;
      /** @description Whom the app belongs to that is created where there is none; without it nothing is created */
      owner?: string;
      why?: string;
    };
    SourceDisconnection: {
      why?: string;
    };
    NewRelease: {
      /** @description Text by path: score files, app.yaml, and the files that they mount */
      files: {
        [key: string]: string;
      };
      /** @description By container, or workload/container: `registry/repository@sha256:…` */
      images: {
        [key: string]: string;
      };
      revision: components['schemas']['NewRevision'];
      /** @description Whom the app belongs to that is created where there is none; without it nothing is created */
      owner?: string;
      /** @description An in-toto statement with SLSA provenance, of at most 256 KiB; kept as it came and not verified */
      provenance?: {
        [key: string]: unknown;
      };
    };
    /** @description Which source the images were built of, and by whom */
    NewRevision: {
      commit: string;
      branch?: string;
      message?: string;
      /** @description As git says: `Ana <ana@example.com>` */
      author?: string;
      /** @description Address of the source */
      url?: string;
      /** @description Address of the run of the CI */
      run?: string;
      /** @description What built it: `GitHub Actions` */
      builtBy?: string;
    };
    ReleaseNumber: {
      number: number;
      /** @description What a push of the same files is told on the way */
      warnings?: string[];
    };
    /** @description Where the images of a release were built, as who released it says */
    ReleaseOrigin: {
      commit: string;
      branch?: string;
      url?: string;
      run?: string;
      builtBy?: string;
      provenance?: components['schemas']['ProvenanceFacts'];
    };
    /** @description What a statement of provenance says; nobody verified it. It is kept under `/provenance` of the release */
    ProvenanceFacts: {
      /** @description Who built, as a URI */
      builder?: string;
      buildType?: string;
      /** @description Of what, as a URI */
      source?: string;
      sourceCommit?: string;
      run?: string;
      /** @description Images of the release that it names by digest */
      images: string[];
    };
    ProgressLine: {
      /** @enum {unknown} */
      kind: 'info' | 'done' | 'failed';
      line: string;
    };
    /** @description One of several faults of files */
    Fault: {
      what: string;
      why: string;
      next: string;
      at?: components['schemas']['SourceLocation'];
    };
    /** @description An environment of the platform */
    EnvironmentSummary: {
      name: string;
      title: string;
      /** @description What it is for, in a sentence */
      description?: string;
      /** @description Position among the environments, from 1; a push releases to the first */
      order: number;
      /** @description How its apps are, and where they may run: `4 apps, 1 needs attention; 3 of 8 clusters may take an app` */
      sentence: string;
      /** @description From where releases come, and who approves; absent where pushes arrive */
      promotion?: {
        from?: string;
        /** @description An entity reference of the catalog */
        approval?: string;
      };
      /** @description What it says to apps, in the order in which a release meets the rules */
      rules: components['schemas']['EnvironmentRule'][];
      /** @description Every cluster, those first that may take an app of no special needs; absent for the past */
      clusters?: components['schemas']['EnvironmentCluster'][];
      /** @description Apps with a release there, of those that you may see */
      apps: {
        total: number;
        needAttention: number;
        /** @description Of those that need attention, 20 at most */
        names: string[];
      };
    };
    EnvironmentRule: {
      /** @enum {string} */
      topic:
        | 'releases'
        | 'clusters'
        | 'replicas'
        | 'rollout'
        | 'failover'
        | 'addresses'
        | 'limits';
      /** @description A sentence without full stop */
      says: string;
    };
    EnvironmentCluster: {
      name: string;
      title: string;
      /** @description Whether it may take an app that asks for nothing of its own */
      fits: boolean;
      /** @description Why it does not fit, in sentences */
      reasons: string[];
      /** @description Apps that it shall run for the environment, of those that you may see */
      apps: number;
    };
    /** @description A blueprint with all its versions */
    BlueprintSummary: {
      name: string;
      title: string;
      /** @description What it is for, in a sentence */
      description?: string;
      /** @description Which clusters run what: `4 clusters run version 3` */
      sentence: string;
      /** @description The newest first */
      versions: components['schemas']['BlueprintVersionSummary'][];
      /** @description The newest rollout of a version, under way or finished */
      rollout?: components['schemas']['BlueprintRolloutSummary'];
    };
    /**
     * @description Rollouts bring clusters to active versions; deprecated ones run on where they are; disabled ones are refused
     * @enum {string}
     */
    BlueprintState: 'draft' | 'active' | 'deprecated' | 'disabled';
    BlueprintVersionSummary: {
      version: number;
      state: components['schemas']['BlueprintState'];
      channels: string[];
      /** @description The blueprint it inherits from */
      base?: string;
      /** @description Clusters that run it */
      clusters: number;
      /** @description Clusters of them on which objects differ from what was applied */
      drifted?: number;
      /** @description Why its file counts for nothing */
      problem?: components['schemas']['Problem'];
    };
    BlueprintRolloutSummary: {
      id: string;
      version: number;
      why: string;
      phase: components['schemas']['RolloutPhaseName'];
      sentence: string;
      startedBy: string;
      /** Format: date-time */
      startedAt: string;
    };
    BlueprintVersionRef: {
      name: string;
      version: number;
    };
    BlueprintVersionDetails: {
      name: string;
      title: string;
      description?: string;
      version: number;
      state: components['schemas']['BlueprintState'];
      channels: string[];
      sentence: string;
      /** @description What is done about objects that others have changed */
      drift: string;
      /** @description What apps on its clusters are held to, one sentence each */
      guardRails: string[];
      /** @description The nearest first */
      inherits: components['schemas']['BlueprintVersionRef'][];
      addons: components['schemas']['BlueprintAddonView'][];
      /** @description Those that shall run it, or run it still */
      clusters: components['schemas']['BlueprintOnCluster'][];
      /** @description Why it cannot be used, or its file counts for nothing */
      problem?: components['schemas']['Problem'];
    };
    BlueprintAddonView: {
      name: string;
      description?: string;
      /** @description The blueprint that brings it */
      from: components['schemas']['BlueprintVersionRef'];
      /** @description Inherited ones whose place it takes */
      replaces: components['schemas']['BlueprintVersionRef'][];
      objects: {
        apiVersion: string;
        kind: string;
        namespace?: string;
        name: string;
      }[];
      /** @description On how many clusters it is how */
      health: {
        [key: string]: number;
      };
    };
    BlueprintOnCluster: {
      cluster: string;
      /** @description The version it shall run */
      shall: number;
      /** @description The version that was applied last; null before the first */
      runs: number | null;
      /** @description What it follows, and which file says so where it is not its own: `edge, channel stable`, `edge, version 1`, `edge, by cluster set "shops"` */
      follows: string;
      /** @description Objects that differ from what was applied */
      drift: number;
      /** @description What becomes of changes that others make there, without full stop */
      changes: string;
      health: components['schemas']['Health'];
    };
    BlueprintWhatIf: {
      name: string;
      version: number;
      sentence: string;
      /** @description Clusters that a rollout would bring to it */
      clusters: string[];
      /** @description What would change, together for clusters where it is the same */
      groups: {
        clusters: string[];
        /** @description The version they run now; null for none */
        from: number | null;
        addons: {
          name: string;
          /** @enum {unknown} */
          change: 'added' | 'changed' | 'removed';
        }[];
        /** @description Sorted by kind and name, at most 200 */
        objects: components['schemas']['ObjectDiff'][];
        /** @description Objects that are left out */
        more: number;
      }[];
      /** @description Apps that run on these clusters and break the guard rails of the version: they would move, or stay and not be placed again. By name */
      notAdmitted: {
        app: string;
        environment: string;
        clusters: string[];
        /** @description Without full stop */
        why: string;
        next: string;
      }[];
      /** @description Such apps that the caller may not see */
      hidden: number;
    };
    NewBlueprintRollout: {
      version: number;
      /** @description What the journal says of it */
      why: string;
      /** @description As environments write `rollout`, with `decisionGroups` as placements write them and `changes` as environments do; that of the last environment that has one when omitted */
      strategy?: {
        [key: string]: unknown;
      };
    };
    StartedBlueprintRollout: {
      id: string;
    };
    BlueprintSteering: {
      action: components['schemas']['RolloutActionName'];
      why?: string;
      /** @description Of what the action would do, as it was read; refused where it would do something else by now */
      version?: string;
    };
    /** @description The fleet in one sentence and a few counts: first line of the fleet page */
    FleetSummary: {
      sentence: string;
      clusters: {
        total: number;
        live: number;
        stale: number;
        unreachable: number;
      };
      apps: {
        total: number;
        needAttention: number;
      };
      /** @description Of the platform, in their order: a page says a title where a label has the name */
      environments: {
        name: string;
        title: string;
      }[];
      /** @description Why changes cannot be recorded at the moment (what is shown may be old), or why pushes are refused */
      problem?: components['schemas']['ApiError'];
      playground: boolean;
    };
    /** @description A rollout as the wave bar draws it */
    RolloutAnswer: {
      release: number;
      /** @description What clusters run until their turn */
      before?: number;
      /** @enum {unknown} */
      purpose: 'roll-out' | 'roll-back';
      phase: components['schemas']['RolloutPhaseName'];
      sentence: string;
      /** @description Position of the wave it is at, from 1 */
      wave: number;
      waveCount: number;
      /** @description Clusters that have the release */
      reached: number;
      clusterCount: number;
      startedBy: string;
      /** Format: date-time */
      startedAt: string;
      /** @description Clusters that start together, in their order. `name`: of the decision group, empty without one */
      waves: {
        name: string;
        cells: components['schemas']['RolloutCell'][];
      }[];
      /** @description How long a cluster is watched after it turned healthy */
      soakSeconds: number;
      /** @description Why nothing new is started, where it halted */
      halt?: {
        cluster: string;
        why: string;
        failures: number;
        allowed: number;
      };
      /** @description What may be done now, and what it would do */
      actions: {
        action: components['schemas']['RolloutActionName'];
        /** @description What it would do */
        does: string;
        /** @description Entity reference of the group that must approve first */
        approval?: string;
      }[];
      /** @description Of what the actions would do; sent back with one of them */
      version: string;
    };
    PlacementAnswer: {
      /** Format: date-time */
      decidedAt: string;
      satisfied: boolean;
      wanted?: number;
      /** @description In words: `Runs on 1 of 3 wanted clusters: ...` */
      message: string;
      verdicts: components['schemas']['PlacementAnswerVerdict'][];
    };
    /** @enum {string} */
    LogLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
    /** @description A line that an instance wrote; of stream callboard, what Callboard says of the output: a cluster that cannot be read, lines that are left out. */
    LogLine: {
      /** Format: date-time */
      at: string;
      cluster: string;
      /** @description Empty where it is of none */
      instance: string;
      /** @description Where the instance has several */
      container?: string;
      /**
       * @description Kubernetes does not tell standard output and errors apart
       * @enum {string}
       */
      stream: 'output' | 'callboard';
      /** @description At most 4 */
      text: string;
    };
    /** @description What did not work, why, and what to do next. The code is stable. */
    ApiError: {
      code: components['schemas']['ProblemCode'];
      what: string;
      why: string;
      next: string;
      at?: components['schemas']['SourceLocation'];
      /** @description Everything that is wrong with the files, as `callboard check` lists it; present where a release is refused for them */
      faults?: components['schemas']['Fault'][];
    };
    ClusterConnectionStatus: {
      /** @enum {unknown} */
      kind:
        | 'playground'
        | 'kubeconfig'
        | 'transport'
        | 'inventory'
        | 'backstage'
        | 'agent';
      /** @description Since when it is as it is */
      since: string | null;
      roundTripMs: number | null;
      /** @description Of the agent that is connected, or was last */
      agentVersion?: string;
      /** @description A newer agent that will run there, until it does */
      upgrade?: components['schemas']['AgentUpgrade'];
      /** @description Why it cannot be reached, where it cannot */
      problem?: components['schemas']['Problem'];
    };
    /** @description A newer agent that will run there, until it does */
    AgentUpgrade: {
      /** @description The version it is to run */
      version: string;
      /**
       * @description `waiting` for an earlier wave; `halted`: see the problem
       * @enum {unknown}
       */
      state: 'waiting' | 'upgrading' | 'halted';
      problem?: components['schemas']['Problem'];
    };
    ClusterResources: {
      cpuMillicores: number;
      memoryBytes: number;
      pods: number;
    };
    JoinStep: {
      step: components['schemas']['JoinStepName'];
      /** @enum {unknown} */
      state: 'done' | 'waiting' | 'failed';
      /**
       * Format: date-time
       * @description When it was done, or failed
       */
      at?: string;
      /** @description What is waited for or went wrong, and what to do next */
      message?: string;
    };
    /** @enum {unknown} */
    JoinStepName:
      | 'registered'
      | 'token-used'
      | 'connected'
      | 'rights-checked'
      | 'inventory'
      | 'ready';
    /** @description What lets one agent in, once */
    JoinCommand: {
      /** @description What kubectl apply -f reads; holds the token */
      manifestUrl: string;
      /** @description One line for a shell that reaches the cluster */
      command: string;
      /** Format: date-time */
      expiresAt: string;
    };
    /** @description What the person who asks may do with it */
    AppViewer: {
      /** @description Promote and roll back */
      promote: boolean;
      /** @description Delete it */
      delete?: boolean;
      /** @description Rename, describe and transfer it */
      change?: boolean;
      /** @description Environments whose promotions they may approve */
      approve: string[];
    };
    /** @description A resource that an app asks for */
    ResourceView: {
      /** @description Name of its objects */
      resource: string;
      /** @description Its id, or the name that its workload has for it */
      name: string;
      type: string;
      /** @description Workloads that ask for it */
      workloads: string[];
      /** @description How often its secrets were made; absent where it has none */
      secrets?: {
        version: number;
      };
    };
    /** @description New secrets that are being made */
    ResourceRotation: {
      /** @description How often they were made, with these */
      version: number;
      /** @description What is started again */
      restarts: string[];
    };
    /** @description A variable or a secret that is set for an app */
    SettingView: {
      name: string;
      /** @description Whether its value is told to nobody */
      secret: boolean;
      /** @description Number of the change that made it so */
      version: number;
      /** @description Of a variable; absent for a secret */
      value?: string;
      /** @description Of a secret that the portal does not keep */
      reference?: components['schemas']['SettingReference'];
      /** @description Where it was set; absent for all environments */
      environment?: string;
      changedBy: string;
      /** Format: date-time */
      changedAt: string;
      /** @description In words of who changed it */
      why?: string;
      /** @description Releases that are wanted or run there and read it */
      releases: number[];
      /** @description Workloads of these releases that read it */
      workloads: string[];
      /** @description Environments in which something else is set by that name; of what is set for all of them */
      overriddenIn: string[];
    };
    /** @description What a release reads and its environment has not */
    LackingSetting: {
      name: string;
      secret: boolean;
      release: number;
      workloads: string[];
    };
    /** @description What is set for an app */
    SettingList: {
      items: components['schemas']['SettingView'][];
      lacking: components['schemas']['LackingSetting'][];
      /** @description Number of the last change; absent before the first */
      version?: number;
    };
    /** @description What is set for an app, in pages */
    SettingPage: {
      items: components['schemas']['SettingView'][];
      /** @description What the wanted release reads and is not set */
      lacking: components['schemas']['LackingSetting'][];
      /** @description Number of the last change; absent before the first */
      version?: number;
      nextCursor?: string;
    };
    /** @description What a setting is to be, by a value or a reference to one */
    NewSetting: {
      /** @description At most 32 KB */
      value?: string;
      /** @description Where the value of a secret stands, in place of the value */
      reference?: components['schemas']['SettingReference'];
      /** @description False when omitted; what refers to a store is a secret in any case */
      secret?: boolean;
      /** @description In words, for the journal */
      why?: string;
    } & (unknown | unknown);
    /** @description Where the value of a secret stands that is not set itself */
    SettingReference:
      | components['schemas']['StoreReference']
      | components['schemas']['PortalReference'];
    /** @description A secret in a store, which clusters read by External Secrets Operator */
    StoreReference: {
      /** @description Name of a ClusterSecretStore of the clusters */
      clusterSecretStore: string;
      /** @description Of the secret in the store */
      key: string;
      /** @description Of the secret, where it has several values */
      property?: string;
    };
    /** @description A file or environment variable of the portal that its configuration lets apps read */
    PortalReference: {
      /** @description Its name in the configuration */
      portalSecret: string;
    };
    SettingRemoval: {
      /** @description In words, for the journal */
      why?: string;
    };
    NewGitToken: {
      /** @description Where it is used, in letters, digits, spaces and ".", "-", "_" */
      name: string;
      /** @description At most 365, or what the platform allows; 90 without it, or less where less is allowed */
      expiresInDays?: number;
      /** @description For machines: they may push to this app and to no other. You must be allowed to push to it */
      app?: string;
      scope?: components['schemas']['TokenScope'];
    };
    /**
     * @description What a token opens. git, as when it is left out: git push, git clone and what releases without git. api: apps in the API, for a command line, as its person may; of people alone
     * @enum {string}
     */
    TokenScope: 'git' | 'api';
    /** @description A token that was created now */
    IssuedGitToken: {
      id: string;
      /** @description The password of git push, or what the command line signs in with. It is not kept and cannot be shown again */
      token: string;
      /** Format: date-time */
      expiresAt: string;
    };
    /** @description A token, without its text */
    GitTokenView: {
      id: string;
      name: string;
      scope: components['schemas']['TokenScope'];
      /** @description The only app that it is good for */
      app?: string;
      /** @description Entity reference */
      createdBy: string;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is refused
       */
      expiresAt: string;
      /**
       * Format: date-time
       * @description To the minute; absent where it was never used
       */
      lastUsedAt?: string;
    };
    GitTokenPage: {
      items: components['schemas']['GitTokenView'][];
      nextCursor?: string;
      /** @description So long a new one is good at most */
      maxDays: number;
    };
    PolicyPage: {
      items: components['schemas']['PolicySummary'][];
      nextCursor?: string;
      /** @description Apps in environments that a policy is for, which run now */
      deployments: number;
      /** @description Of them, those that are not judged yet: the counts are of the others */
      pending: number;
    };
    /** @description A policy of the platform, and what runs now and violates it */
    PolicySummary: {
      name: string;
      title: string;
      /** @description What it is for */
      description?: string;
      /**
       * @description What becomes of a release that violates it: it is counted, told or refused
       * @enum {unknown}
       */
      mode: 'audit' | 'warn' | 'deny';
      /** @description How it is with it */
      sentence: string;
      /** @description What is wrong where it does not hold, in its own words */
      holds: string[];
      /** @description Apps in environments that violate it and would be refused; those with an exception are not among them */
      denied: number;
      /** @description Apps in environments that violate it and are told */
      warned: number;
      /** @description Apps in environments that violate it and are counted */
      audited: number;
      /** @description Exceptions from it that hold now */
      exceptions: number;
      /** @description The first of what violates it, by app and environment */
      findings: components['schemas']['PolicyFindingView'][];
    };
    PolicyFindingView: {
      app: string;
      environment: string;
      release: number;
      /** @description What is wrong */
      message: string;
      /** @description What to do about it */
      next?: string;
      /** @description How many faults there are; the message is the first */
      count: number;
      /** @description Where the first fault is, where it is a matter of clusters */
      clusters: string[];
      /**
       * Format: date-time
       * @description An exception lets it be until then
       */
      exceptedUntil?: string;
    };
    PolicyTrialQuestion: {
      days: number;
    };
    /** @description What a policy would have refused, had it denied */
    PolicyTrial: {
      days: number;
      /** @description Pushes and promotions that were judged */
      changes: number;
      /** @description Of them, those that it would have refused */
      refused: number;
      /** @description Older ones that were not judged, where there are too many */
      leftOut?: number;
      sentence: string;
      /** @description The newest that it would have refused */
      items: {
        app: string;
        environment: string;
        release: number;
        /** Format: date-time */
        at: string;
        /** @description Who brought it there */
        by: string;
        /** @description What is wrong */
        message: string;
      }[];
    };
    /** @description Lets an app violate a policy, or a cluster its blueprint */
    Exception: {
      id: string;
      /** @description Name of the policy */
      policy?: string;
      /** @description Name of the blueprint */
      blueprint?: string;
      /** @description An app, or an app in an environment as shop/prod; of a blueprint a cluster */
      target: string;
      /** Format: date-time */
      until: string;
      why: string;
      /** @description Who gave it */
      createdBy: string;
      /** Format: date-time */
      createdAt: string;
    };
    /** @description Names a policy or a blueprint */
    NewException: {
      policy?: string;
      blueprint?: string;
      /** @description An app, or an app in an environment as shop/prod; of a blueprint a cluster */
      target: string;
      /**
       * Format: date-time
       * @description When it ends; a year from now at most
       */
      until: string;
      /** @description In words, for the journal */
      why: string;
    };
    PromotionAnswer: {
      /** @description What policies warn of, and the exceptions that let it through */
      warnings: string[];
    };
    /** @description Which change of a setting is taken back */
    SettingRestoration: {
      /** @description The last change of this setting */
      version: number;
      /** @description In words, for the journal */
      why?: string;
    };
    /** @description A change of settings */
    SettingVersion: {
      /** @description Its number among the changes of the app's settings */
      version: number;
    };
    /** @description The newest rollout; absent where releases go everywhere at once */
    RolloutSummary: {
      /** @description Number of the release that is rolled out, or gone back to */
      release: number;
      /** @description What clusters run until their turn */
      before?: number;
      /** @enum {unknown} */
      purpose: 'roll-out' | 'roll-back';
      phase: components['schemas']['RolloutPhaseName'];
      /** @description In words, without full stop */
      sentence: string;
      /** @description Position of the wave it is at, from 1 */
      wave: number;
      waveCount: number;
      /** @description Clusters that have the release */
      reached: number;
      clusterCount: number;
      /** @description Number of the last change of the settings that it brings; absent where nothing is set */
      settings?: number;
      /** @description Actor that brought the release here */
      startedBy: string;
      /** Format: date-time */
      startedAt: string;
    };
    /** @enum {unknown} */
    RolloutPhaseName:
      | 'applying'
      | 'soaking'
      | 'paused'
      | 'held'
      | 'halted'
      | 'waiting-for-clusters'
      | 'aborted'
      | 'done';
    /** @enum {unknown} */
    RolloutActionName: 'pause' | 'resume' | 'abort' | 'rollback';
    /** @enum {unknown} */
    JournalKind:
      | 'releases'
      | 'rollouts'
      | 'placement'
      | 'health'
      | 'clusters'
      | 'platform';
    /**
     * @description rollback: to what was there before the current one came
     * @enum {unknown}
     */
    ReleaseChange: 'newer' | 'older' | 'rollback';
    /** @description Who said that a release may come into an environment */
    Approval: {
      /** @description Entity reference of the group that had to approve */
      group: string;
      /** @description Entity reference of who approved for it */
      by: string;
    };
    /** @description An environment, or an environment on one cluster */
    TimelineLane: {
      /** @description `prod`, or `prod/eu-1` */
      name: string;
      title: string;
      environment: string;
      cluster?: string;
      /** @description Oldest first */
      bars: components['schemas']['TimelineBar'][];
      /** @description Times in which none of its clusters answered; without those that nothing was recorded in */
      unknown: components['schemas']['TimelineSpan'][];
    };
    /** @description A time in which a lane had one release */
    TimelineBar: {
      /** Format: date-time */
      from: string;
      /**
       * Format: date-time
       * @description Missing while it lasts
       */
      to?: string;
      release: number;
      /** @description Release that it took the place of, and what that was; both absent for the first one */
      before?: number;
      change?: components['schemas']['ReleaseChange'];
      /** @description Entity reference of who released it there */
      actor: string;
      /** @description First line of the release's commit message */
      cause: string;
      /** @description Settings that it had, oldest first: those that it began with, and each change that came during it; absent where nothing was set */
      settings?: components['schemas']['TimelineSettings'][];
      /** @description Incidents that began during the bar, oldest first */
      marks: components['schemas']['TimelineMark'][];
    };
    /** @description From when on a release had these settings */
    TimelineSettings: {
      /**
       * Format: date-time
       * @description When they came, at the earliest when the bar begins
       */
      from: string;
      /** @description Number of the last change of the settings */
      version: number;
      /** @description Of the setting that was changed last */
      name: string;
      /** @description Entity reference of who changed it */
      actor: string;
      why?: string;
    };
    /** @description A span of time, half-open; without `to` it lasts at the end of the window. Instants are RFC 3339 */
    TimelineSpan: {
      /** Format: date-time */
      from: string;
      /**
       * Format: date-time
       * @description Missing while it lasts
       */
      to?: string;
    };
    /** @description A time in which one cluster reported an app unhealthy */
    TimelineMark: {
      /** Format: date-time */
      from: string;
      /**
       * Format: date-time
       * @description Missing while it lasts
       */
      to?: string;
      environment: string;
      cluster: string;
      /** @description That was wanted there: during a rollout another one than the bar's */
      release: number;
      /** @enum {unknown} */
      status: 'Degraded' | 'Missing';
      /** @description What was found, in a sentence */
      reason: string;
    };
    /** @description A time in which nothing was recorded, half-open. Instants are RFC 3339 */
    RecordGap: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      cause: components['schemas']['RecordGapCause'];
    };
    /**
     * @description Why nothing was recorded for a time
     * @enum {unknown}
     */
    RecordGapCause: 'stopped' | 'paused' | 'no-database';
    PlacementAnswerVerdict: {
      cluster: string;
      /** @enum {unknown} */
      verdict: 'chosen' | 'spare' | 'refused';
      /** @description Replicas it gets, where they are divided over clusters */
      replicas?: number;
      score?: number;
      reasons: {
        rule: string;
        message: string;
      }[];
      remedy: string | null;
    };
    /** @description One object of a blueprint or deployment that differs from what was applied */
    DriftItem: {
      object: {
        apiVersion: string;
        kind: string;
        namespace?: string;
        name: string;
      };
      /** @enum {unknown} */
      kind: 'missing' | 'changed';
      /** @description Paths that differ, at most 20 */
      paths: string[];
      message: string;
    };
    /** @description Whether an app runs where it should. Each verdict holds what is true in it; names are sorted */
    AuditVerdict:
      | {
          /** @constant */
          kind: 'compliant';
        }
      | {
          /** @constant */
          kind: 'undecided';
        }
      | {
          /** @constant */
          kind: 'unknown';
          unknown: string[];
          /** Format: date-time */
          since?: string;
        }
      | {
          /** @constant */
          kind: 'wrong';
          missing: string[];
          extra: string[];
          wrongBlueprint: string[];
          unknown: string[];
          short?: {
            wanted: number;
            chosen: number;
          };
        };
    AuditBlueprint: {
      required: string;
      /** @enum {unknown} */
      met: 'yes' | 'no' | 'unknown';
      /** @description Clusters that are known not to run it */
      notOn: string[];
    };
    WhatIfMove: {
      app: string;
      environment: string;
      environmentTitle: string;
      from: string[];
      to: string[];
      /** @description Only where replicas are divided over clusters */
      replicas?: components['schemas']['WhatIfReplicas'];
    };
    /** @description Only where replicas are divided over clusters */
    WhatIfReplicas: {
      /** @description Would start where they are not now */
      moving: number;
      of: number;
      /** @description Clusters with another number of them, by name */
      clusters: {
        cluster: string;
        before: number;
        after: number;
      }[];
    };
    /** @description An app that would run on fewer clusters than it wants and than now, or that could not leave */
    WhatIfShortage: {
      app: string;
      environment: string;
      environmentTitle: string;
      wanted: number;
      found: number;
      /** @description Clusters it would have to leave and stays on until something takes its place */
      stuck: string[];
      /** @description Only where replicas are divided over clusters */
      replicas?: {
        wanted: number;
        found: number;
      };
      /** @description Why no other cluster takes it, those that refuse for the same reasons together, most frequent first */
      refused: components['schemas']['WhatIfRefusal'][];
    };
    WhatIfRefusal: {
      clusters: string[];
      reasons: {
        rule: string;
        message: string;
      }[];
      /** @description The smallest change that would admit one of them */
      remedy: string | null;
    };
    /**
     * @description Does the cluster hold what we want?
     * @enum {unknown}
     */
    SyncStatus: 'Synced' | 'OutOfSync' | 'Unknown';
    /**
     * @description How is it? Words and order of Argo CD
     * @enum {unknown}
     */
    HealthStatus:
      | 'Healthy'
      | 'Suspended'
      | 'Progressing'
      | 'Missing'
      | 'Degraded'
      | 'Unknown';
    /**
     * @description What is wrong, the deeper cause first
     * @enum {string}
     */
    FindingCode:
      | 'node-lost'
      | 'evicted'
      | 'quota-exceeded'
      | 'admission-refused'
      | 'instances-refused'
      | 'insufficient-resources'
      | 'no-fitting-node'
      | 'volume-not-ready'
      | 'image-name-invalid'
      | 'image-not-found'
      | 'registry-credentials'
      | 'registry-unreachable'
      | 'image-not-fetched'
      | 'missing-object'
      | 'missing-key'
      | 'configuration-invalid'
      | 'start-failed'
      | 'out-of-memory'
      | 'crashed-at-start'
      | 'crashed'
      | 'ended-by-itself'
      | 'bad-port'
      | 'probe-failed'
      | 'job-failed'
      | 'ignores-stop'
      | 'stuck-rollout'
      | 'unexplained';
    FindingEvidence: {
      label: string;
      value: string;
    };
    /** @description What is inside an image: a CycloneDX document, as far as pages read it */
    SbomDocument: {
      components?: {
        /** @description `container`: the base image; `library`: an installed package */
        type: string;
        name: string;
        version?: string;
        licenses?: {
          license?: {
            id?: string;
            name?: string;
          };
          expression?: string;
        }[];
      }[];
    };
  };
  responses: never;
  parameters: {
    app: string;
    environment: string;
    cluster: string;
    blueprint: string;
    blueprintVersion: number;
    blueprintRollout: string;
    resource: string;
    setting: string;
    /** @description Says what it would do, and does nothing */
    dryRun: boolean;
    rolloutAction: components['schemas']['RolloutActionName'];
    release: number;
    /** @description Commit id */
    builtRevision: string;
    /** @description Chosen by who asks; a request that is sent again changes nothing */
    idempotencyKey: string;
    tokenId: string;
    exceptionId: string;
    policy: string;
    /** @description The release that it is compared with; the one in the environment without it */
    fromRelease: number;
    /** @description Which of its images, by its full name; the first one without it */
    image: string;
    /** @description Answers as it was at this instant; without it, as it is */
    at: string;
    appFilter: string;
    clusterFilter: string;
    /** @description Entity reference of who acted */
    actorFilter: string;
    /** @description What entries are about */
    kindFilter: components['schemas']['JournalKind'];
    /** @description Begin of the window; without it seven days before its end, or where history begins */
    windowFrom: string;
    /** @description End of the window, at most the instant of the read */
    windowTo: string;
    lanes: 'environment' | 'cluster';
    /** @description The nextCursor of the page before; without it, the first page */
    cursor: string;
    limit: number;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  listApps: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['App'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  createApp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApp'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['App'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getApp: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['App'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  deleteApp: {
    parameters: {
      query?: {
        /** @description Says what it would do, and does nothing */
        dryRun?: components['parameters']['dryRun'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RemovalRequest'];
      };
    };
    responses: {
      /** @description What it would do; nothing was done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppRemoval'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppRemoval'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  changeApp: {
    parameters: {
      query?: {
        /** @description Says what it would do, and does nothing */
        dryRun?: components['parameters']['dryRun'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AppChangeRequest'];
      };
    };
    responses: {
      /** @description What it did; with `dryRun` what it would do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppChange'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppSourceAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  connectSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewAppSource'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppSourceAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  disconnectSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SourceDisconnection'];
      };
    };
    responses: {
      /** @description Disconnected */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  refreshSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppSourceAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listReleases: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ReleaseDetails'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  createRelease: {
    parameters: {
      query?: never;
      header?: {
        /** @description Chosen by who asks; a request that is sent again changes nothing */
        'Idempotency-Key'?: components['parameters']['idempotencyKey'];
      };
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewRelease'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleaseNumber'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  followRelease: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        release: components['parameters']['release'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One ProgressLine per line */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getTimeline: {
    parameters: {
      query?: {
        /** @description Begin of the window; without it seven days before its end, or where history begins */
        from?: components['parameters']['windowFrom'];
        /** @description End of the window, at most the instant of the read */
        to?: components['parameters']['windowTo'];
        lanes?: components['parameters']['lanes'];
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Timeline'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readBuildLog: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        /** @description Commit id */
        revision: components['parameters']['builtRevision'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BuildLog'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readSbom: {
    parameters: {
      query?: {
        /** @description Which of its images, by its full name; the first one without it */
        image?: components['parameters']['image'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        release: components['parameters']['release'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SbomDocument'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readProvenance: {
    parameters: {
      query?: {
        /** @description Which of its images, by its full name; the first one without it */
        image?: components['parameters']['image'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        release: components['parameters']['release'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getCatalogInfo: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CatalogInfo'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getPlacement: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlacementAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  promote: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Promotion'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PromotionAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  removeFromEnvironment: {
    parameters: {
      query?: {
        /** @description Says what it would do, and does nothing */
        dryRun?: components['parameters']['dryRun'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RemovalRequest'];
      };
    };
    responses: {
      /** @description What it would do; nothing was done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppRemoval'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppRemoval'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  operateEnvironment: {
    parameters: {
      query?: {
        /** @description Says what it would do, and does nothing */
        dryRun?: components['parameters']['dryRun'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ActionRequest'];
      };
    };
    responses: {
      /** @description What it would do; nothing was done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnvironmentAction'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnvironmentAction'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  diffReleases: {
    parameters: {
      query?: {
        /** @description The release that it is compared with; the one in the environment without it */
        from?: components['parameters']['fromRelease'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        release: components['parameters']['release'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleaseDiff'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getRollout: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RolloutAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  steerRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        action: components['parameters']['rolloutAction'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Steering'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listResources: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResourceView'][];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getUsage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppUsage'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  rotateSecrets: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        resource: components['parameters']['resource'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResourceRotation'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listKeptData: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeptData'][];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listDataOfDeletedApps: {
    parameters: {
      query?: {
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['KeptData'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  deleteData: {
    parameters: {
      query?: {
        /** @description Deletes nothing, and only strikes it off the list: of a cluster that is not registered, and of no other */
        forget?: boolean;
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DataDeletion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listSharedSettings: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingPage'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  setSharedSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        setting: components['parameters']['setting'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSetting'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingVersion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  removeSharedSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        setting: components['parameters']['setting'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SettingRemoval'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingVersion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  restoreSharedSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        setting: components['parameters']['setting'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SettingRestoration'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingVersion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listSettings: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingPage'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  setSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        setting: components['parameters']['setting'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSetting'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingVersion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  removeSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        setting: components['parameters']['setting'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SettingRemoval'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingVersion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  restoreSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        setting: components['parameters']['setting'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SettingRestoration'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingVersion'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readLogs: {
    parameters: {
      query?: {
        /** @description Of this cluster alone */
        cluster?: string;
        /** @description Of this instance alone */
        instance?: string;
        /** @description Of the run before, where a container was started again */
        previous?: boolean;
        /** @description Goes on with what is written from now on, until who asks leaves, or for an hour */
        follow?: boolean;
        /** @description So many lines at most of what was written before; 200 when omitted */
        tail?: number;
        /** @description Lines that hold this text, capitals or not */
        grep?: string;
        /** @description As grave as this or graver; a line that does not say counts as info */
        level?: components['schemas']['LogLevel'];
        since?: string;
        until?: string;
      };
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One LogLine per line */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readKubernetesView: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        app: components['parameters']['app'];
        environment: components['parameters']['environment'];
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KubernetesView'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getFleet: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FleetSummary'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listEnvironments: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['EnvironmentSummary'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listBlueprints: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['BlueprintSummary'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getBlueprintVersion: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        blueprint: components['parameters']['blueprint'];
        version: components['parameters']['blueprintVersion'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BlueprintVersionDetails'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  askBlueprintWhatIf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        blueprint: components['parameters']['blueprint'];
        version: components['parameters']['blueprintVersion'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BlueprintWhatIf'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  startBlueprintRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        blueprint: components['parameters']['blueprint'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewBlueprintRollout'];
      };
    };
    responses: {
      /** @description OK */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StartedBlueprintRollout'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getBlueprintRollout: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        blueprint: components['parameters']['blueprint'];
        id: components['parameters']['blueprintRollout'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RolloutAnswer'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  steerBlueprintRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        blueprint: components['parameters']['blueprint'];
        id: components['parameters']['blueprintRollout'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BlueprintSteering'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listClusters: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Cluster'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  registerCluster: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCluster'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClusterRegistration'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getCluster: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Cluster'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  removeCluster: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RemovedCluster'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  renewRegistration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClusterRegistration'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  cordonCluster: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SchedulingChange'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  drainCluster: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SchedulingChange'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  uncordonCluster: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SchedulingChange'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  labelCluster: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LabelChange'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  askWhatIf: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WhatIfQuestion'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WhatIfReport'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getAudit: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Audit'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  exportAudit: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  readJoining: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Joining'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listTokens: {
    parameters: {
      query?: {
        app?: components['parameters']['appFilter'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GitTokenPage'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  createToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewGitToken'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedGitToken'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  revokeToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components['parameters']['tokenId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Revoked */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listPolicies: {
    parameters: {
      query?: {
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyPage'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  tryPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        policy: components['parameters']['policy'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyTrialQuestion'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyTrial'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listExceptions: {
    parameters: {
      query?: {
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Exception'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  createException: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewException'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Exception'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  endException: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components['parameters']['exceptionId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getHistory: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['History'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getObservedApp: {
    parameters: {
      query?: {
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path: {
        /** @description Namespace of the Component */
        namespace: string;
        /** @description Name of the Component */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ObservedApp'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getRetention: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Retention'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  listJournal: {
    parameters: {
      query?: {
        app?: components['parameters']['appFilter'];
        cluster?: components['parameters']['clusterFilter'];
        /** @description Entity reference of who acted */
        actor?: components['parameters']['actorFilter'];
        /** @description What entries are about */
        kind?: components['parameters']['kindFilter'];
        limit?: components['parameters']['limit'];
        /** @description The nextCursor of the page before; without it, the first page */
        cursor?: components['parameters']['cursor'];
        /** @description Answers as it was at this instant; without it, as it is */
        at?: components['parameters']['at'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['JournalEntry'][];
            nextCursor?: string;
          };
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getPlaygroundIsolation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlaygroundIsolation'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  getPower: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Power'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
  setPower: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Power'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Power'];
        };
      };
      /** @description What, why, and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiError'];
        };
      };
    };
  };
}
