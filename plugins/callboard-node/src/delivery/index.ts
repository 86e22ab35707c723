export type { Change, ChangeSet, TakenField } from './ChangeSet';
export type { DeliveryEngine, RemovedDeployment } from './DeliveryEngine';
export type { ApplyOptions, DesiredObjects } from './DesiredObjects';
