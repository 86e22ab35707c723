/** The first check, except where Reconciling=True comes before it in the list of conditions. */
export const STALLED_CHECK = 'Degraded if Stalled=True';

/** Checks that kstatus applies to any object before all others. */
export const CONVENTION_CHECKS: readonly string[] = [
  'Progressing if stale',
  STALLED_CHECK,
  'Progressing if Reconciling=True',
];

/**
 * The checks for custom resources without a rule of their own; one that reports
 * none of these conditions is Healthy. Source: the conventions of Kubernetes'
 * API (api-conventions.md) and of kstatus.
 */
export const GENERIC_CHECKS: readonly string[] = [
  ...CONVENTION_CHECKS,
  'Suspended if .spec.suspend=true',
  'Suspended if .spec.paused=true',
  'Suspended if Suspended=True',
  'Suspended if Paused=True',
  'Degraded if Failed=True',
  'Degraded if Failure=True',
  'Degraded if Error=True',
  'Degraded if Degraded=True',
  'Progressing if Progressing=True(not NewReplicaSetAvailable) and not Available=True and not Ready=True',
  'Healthy if Ready=True',
  'Progressing if Ready=False(Progressing|Pending|Creating|Provisioning|Reconciling|Waiting|InProgress|Initializing|DependencyNotReady)',
  'Degraded if Ready=False',
  'Progressing if Ready',
  'Healthy if Available=True',
  'Degraded if Available=False',
  'Progressing if Available',
  'Healthy if Succeeded=True',
  'Degraded if Succeeded=False',
  'Progressing if Succeeded',
  'Healthy if Complete=True',
  'Healthy if Completed=True',
  'Degraded if Synced=False',
  'Healthy if Synced=True',
  'Degraded if Accepted=False',
  'Healthy if Accepted=True',
  'Healthy if Established=True',
  'Healthy if Healthy=True',
  'Degraded if Healthy=False',
  'Degraded if Valid=False',
  'Healthy if Valid=True',
  'Healthy if .status.phase=Ready|Running|Active|Available|Bound|Succeeded|Completed|Complete|Healthy|Established|Synced|Deployed|ready|running|active|available|succeeded|completed',
  'Degraded if .status.phase=Failed|Error|Degraded|Lost|Invalid|Unhealthy|CrashLoopBackOff|failed|error|degraded|invalid',
  'Suspended if .status.phase=Suspended|Paused|Stopped|suspended|paused|stopped',
  'Unknown if .status.phase=Unknown|unknown',
  'Progressing if .status.phase',
  'Healthy if .status.state=Ready|Running|Active|Available|Succeeded|Completed|Healthy|ready|running|active|available|succeeded|completed',
  'Degraded if .status.state=Failed|Error|Degraded|Invalid|failed|error|degraded|invalid',
  'Suspended if .status.state=Suspended|Paused|Stopped|suspended|paused|stopped',
  'Healthy if .status.ready=true',
  'Progressing if .status.ready=false',
];
