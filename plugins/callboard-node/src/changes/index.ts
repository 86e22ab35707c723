export type { ChangeSubscriber } from './ChangeSubscriber';
