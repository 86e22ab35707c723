export { judgeBlueprint, judgeCompliance } from './judgeCompliance';
export {
  type WriteInstant,
  compareVerdicts,
  describeAudit,
  describeVerdict,
} from './sentences';
export type { AuditFacts, AuditedCluster } from './types';
export { writeAuditCsv } from './writeAuditCsv';
