export {
  type Notice,
  type NotifiedNeed,
  type Watch,
  decideNotifications,
  watchNeeds,
} from './decideNotifications';
export type { AppNeeds, Need } from './Need';
export { payloadOf } from './payloadOf';
export { readNeeds } from './readNeeds';
